package dev.reckon.adapters.cli;

import dev.reckon.core.loop.Backoff;
import dev.reckon.core.loop.SupervisedLoop;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** The line editor of a conversation: history, completion, fenced code over several lines. */
final class ChatTerminal {
  private static final Duration LOOK = Duration.ofSeconds(5);

  private final Program program;
  private final ChatSession session;
  private final Console console;

  ChatTerminal(Program program, ChatSession session, Console console) {
    this.program = program;
    this.session = session;
    this.console = console;
  }

  /** Reads and answers until the person has had enough. */
  void run() throws IOException, InterruptedException {
    TextStyle style = console.style();
    try (Terminal terminal = TerminalBuilder.builder().system(true).dumb(false).build()) {
      LineReader reader = reader(terminal);
      terminal.handle(
          Terminal.Signal.INT,
          signal -> {
            if (session.isBusy()) {
              session.cancel();
            }
          });
      console.out().println(style.bold("Reckon") + style.dim(" · /help: commands, Ctrl-D: leave"));
      program
          .modelMissing()
          .ifPresent(
              missing ->
                  new ReplyRenderer(console)
                      .text(
                          missing
                              + " Until then /run with code works, and so do saved computations."));
      try (SupervisedLoop _ = schedules()) {
        converse(reader, terminal, style);
      }
    }
  }

  /** Looks now and then whether something is due; below an open prompt is where it is shown. */
  private SupervisedLoop schedules() {
    return SupervisedLoop.every(
            LOOK,
            new SupervisedLoop.Schedule(
                "schedules", Duration.ZERO, Duration.ofHours(1), Backoff.DEFAULT),
            session::runDue,
            InstantSource.system())
        .start();
  }

  private void converse(LineReader reader, Terminal terminal, TextStyle style)
      throws IOException, InterruptedException {
    boolean goesOn = true;
    while (goesOn) {
      console.out().println();
      try {
        String line = message(reader, style);
        if (terminal.getColumns() > 0 && terminal.getRows() > 0) {
          session.resize(terminal.getColumns(), terminal.getRows());
        }
        goesOn = session.take(line);
      } catch (UserInterruptException e) {
        console.out().println(style.dim("(Ctrl-D leaves)"));
      } catch (EndOfFileException e) {
        goesOn = false;
      }
    }
  }

  private static String message(LineReader reader, TextStyle style) throws IOException {
    String read =
        FencedMessage.read(
            inside -> reader.readLine(inside ? style.dim("… ") : style.cyan("› ")),
            Integer.MAX_VALUE);
    return read == null ? "" : read;
  }

  private LineReader reader(Terminal terminal) {
    LineReader reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .appName("reckon")
            .completer(new ChatCompleter(session))
            .variable(LineReader.HISTORY_FILE, program.history())
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .build();
    session.onForgotten(
        () -> {
          try {
            reader.getHistory().purge();
          } catch (IOException e) {
            new ReplyRenderer(console)
                .text("The history in " + program.history() + " could not be deleted: " + e);
          }
        });
    return reader;
  }
}

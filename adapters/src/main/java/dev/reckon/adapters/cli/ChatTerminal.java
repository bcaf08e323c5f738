package dev.reckon.adapters.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jline.builtins.Completers.FileNameCompleter;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.completer.AggregateCompleter;
import org.jline.reader.impl.completer.ArgumentCompleter;
import org.jline.reader.impl.completer.StringsCompleter;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** The line editor of a conversation: history, completion, fenced code over several lines. */
final class ChatTerminal {
  private static final String FENCE = "```";

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
      console
          .out()
          .println(style.bold("Reckon") + style.dim(" · /help for words, Ctrl-D to leave"));
      program
          .modelMissing()
          .ifPresent(
              missing ->
                  new ReplyRenderer(console)
                      .text(
                          missing
                              + " Until then /run with code works, and so do saved computations."));
      boolean goesOn = true;
      while (goesOn) {
        console.out().println();
        try {
          goesOn = session.take(message(reader, style));
        } catch (UserInterruptException e) {
          console.out().println(style.dim("(Ctrl-D leaves)"));
        } catch (EndOfFileException e) {
          goesOn = false;
        }
      }
    }
  }

  /** One line, or several from an opening fence to its end. */
  private static String message(LineReader reader, TextStyle style) {
    String text = reader.readLine(style.cyan("› "));
    StringBuilder message = new StringBuilder(text);
    while (fences(message) % 2 == 1) {
      message.append('\n').append(reader.readLine(style.dim("… ")));
    }
    return message.toString();
  }

  private static int fences(CharSequence text) {
    int count = 0;
    for (int at = text.toString().indexOf(FENCE);
        at >= 0;
        at = text.toString().indexOf(FENCE, at + FENCE.length())) {
      count++;
    }
    return count;
  }

  private LineReader reader(Terminal terminal) {
    List<String> words = new ArrayList<>(List.of("/file", "/quit"));
    program.vocabulary().forEach(word -> words.add("/" + word));
    Path history = program.home().resolve("data/chat_history");
    return LineReaderBuilder.builder()
        .terminal(terminal)
        .appName("reckon")
        .completer(
            new AggregateCompleter(
                new ArgumentCompleter(new StringsCompleter("/file"), new FileNameCompleter()),
                new StringsCompleter(words)))
        .variable(LineReader.HISTORY_FILE, history)
        .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
        .build();
  }
}

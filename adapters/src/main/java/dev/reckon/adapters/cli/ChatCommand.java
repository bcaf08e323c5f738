package dev.reckon.adapters.cli;

import java.io.IOException;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A conversation at the terminal. */
@Command(
    name = "chat",
    description = "Talk to Reckon here: requests, files, and all commands.",
    footer = {
      "",
      "Bare lines are requests; /help lists the commands. A path at the start of a line attaches",
      "that file. Ctrl-C ends what is running, Ctrl-D the conversation. Where standard input",
      "is not a terminal, each line is a message."
    })
final class ChatCommand implements Callable<Integer> {
  private final ProgramFactory factory;
  private final Console console;

  @Mixin private ConfigurationOptions configuration = new ConfigurationOptions();

  @Option(
      names = "--conversation",
      paramLabel = "ID",
      description = "Continues the conversation of that name; \"chat\" without one.")
  private String conversation = "chat";

  ChatCommand(ProgramFactory factory, Console console) {
    this.factory = factory;
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    TerminalMessages messages = new TerminalMessages(conversation);
    try (Program program = factory.open(configuration.config(), configuration.set())) {
      program.sandbox(OptionalInt.of(1));
      ChatSession session = new ChatSession(program, messages, console);
      if (console.inIsTerminal() && console.outIsTerminal()) {
        new ChatTerminal(program, session, console).run();
      } else {
        int most = 4 * program.longestRequest().characters();
        BoundedLines lines = new BoundedLines(console.in(), most);
        session.runDue();
        String message = next(lines, most);
        while (message != null && session.take(message)) {
          console.out().println();
          session.runDue();
          message = next(lines, most);
        }
      }
      return 0;
    }
  }

  private static @Nullable String next(BoundedLines lines, int most) throws IOException {
    return FencedMessage.read(
        inside -> {
          BoundedLines.Line line = lines.next();
          return line == null ? null : line.text();
        },
        most);
  }
}

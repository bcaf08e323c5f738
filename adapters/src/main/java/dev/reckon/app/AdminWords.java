package dev.reckon.app;

import dev.reckon.adapters.cli.TerminalMessages;
import dev.reckon.core.command.AdminCommands;
import dev.reckon.core.command.CommandExtension;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Reply;
import java.util.List;

/** The words about rights, limits and records, as the vocabulary takes them. */
record AdminWords(String word, AdminCommands commands) implements CommandExtension {
  /** All of them. */
  static List<CommandExtension> of(AdminCommands commands) {
    return AdminCommands.WORDS.stream()
        .<CommandExtension>map(word -> new AdminWords(word, commands))
        .toList();
  }

  @Override
  public String meaning() {
    return switch (word) {
      case "limits" -> "what you may still use";
      case "stats" -> "figures of the last days";
      case "forget-me" -> "deletes what is kept about you";
      case "policy" -> "shows and changes the rules, for administrators";
      case "audit" -> "shows who did what, for administrators";
      default -> word;
    };
  }

  @Override
  public Reply answer(Incoming incoming, String rest) {
    Reply reply =
        commands
            .answer(incoming, word, rest)
            .orElseGet(() -> Reply.notice("\"" + word + "\" is not known here."));
    boolean unlimited =
        word.equals("limits") && TerminalMessages.isAtTerminal(incoming.person().id());
    return unlimited
        ? new Reply(
            reply.turn(),
            reply.kind(),
            "Nothing limits you at the terminal. In a chat, these limits would hold for you:",
            reply.blocks(),
            reply.actions())
        : reply;
  }
}

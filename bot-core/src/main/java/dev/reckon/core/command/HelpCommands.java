package dev.reckon.core.command;

import dev.reckon.core.message.Block;
import dev.reckon.core.message.Reply;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Writes help from the command specifications. */
final class HelpCommands {
  private final List<CommandExtension> others;

  HelpCommands(List<CommandExtension> others) {
    this.others = List.copyOf(others);
  }

  Reply help(Optional<CommandSpec> word) {
    return word.map(HelpCommands::one).orElseGet(this::all);
  }

  Reply misused(CommandSpec word) {
    Reply help = one(word);
    return new Reply(
        0,
        Reply.Kind.REFUSED,
        "\""
            + word.typed()
            + "\" is not used like that. To ask it as a request, leave the word's"
            + " command form.",
        help.blocks(),
        List.of());
  }

  private static Reply one(CommandSpec word) {
    String use = word.follows().isEmpty() ? word.typed() : word.typed() + " " + word.follows();
    return Reply.notice(use + ": " + word.meaning(), "For example: " + word.example());
  }

  private Reply all() {
    List<List<String>> rows = new ArrayList<>();
    Arrays.stream(CommandSpec.values())
        .forEach(word -> rows.add(List.of(word.example(), word.meaning())));
    others.forEach(other -> rows.add(List.of(other.word(), other.meaning())));
    return new Reply(
        0,
        Reply.Kind.NOTICE,
        "Ask in plain words, with files if you like: \"average salary by department\"",
        List.of(
            new Block.Table(List.of("say", "what it does"), rows),
            new Block.Text(
                "Answers are computed by a program that a model writes, and checked; the model may"
                    + " be wrong.")),
        List.of());
  }
}

package dev.reckon.core.command;

import dev.reckon.core.label.Label;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.Language;
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

  Reply help(Optional<CommandSpec> word, Language language) {
    return word.map(one -> one(one, language)).orElseGet(() -> all(language));
  }

  Reply misused(CommandSpec word, Language language) {
    return new Reply(
        0,
        Reply.Kind.REFUSED,
        Label.HELP_MISUSED.in(language, word.typed()),
        one(word, language).blocks(),
        List.of(),
        language);
  }

  private static Reply one(CommandSpec word, Language language) {
    String use = word.follows().isEmpty() ? word.typed() : word.typed() + " " + word.follows();
    return Reply.notice(
        use + ": " + word.meaning(language), Label.HELP_EXAMPLE.in(language, word.example()));
  }

  private Reply all(Language language) {
    List<List<String>> rows = new ArrayList<>();
    Arrays.stream(CommandSpec.values())
        .forEach(word -> rows.add(List.of(word.example(), word.meaning(language))));
    others.forEach(other -> rows.add(List.of(other.word(), other.meaning())));
    return new Reply(
        0,
        Reply.Kind.NOTICE,
        Label.HELP_HEADLINE.in(language),
        List.of(
            new Block.Table(
                List.of(Label.HELP_SAY.in(language), Label.HELP_DOES.in(language)), rows),
            new Block.Text(Label.HELP_CAVEAT.in(language))),
        List.of(),
        language);
  }
}

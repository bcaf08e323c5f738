package dev.reckon.core.command;

import dev.reckon.core.files.FileProfile;
import dev.reckon.core.label.Amounts;
import dev.reckon.core.label.Label;
import dev.reckon.core.message.Action;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Language;
import dev.reckon.core.message.Reply;
import dev.reckon.core.store.Files;
import dev.reckon.core.store.Files.StoredFile;
import dev.reckon.core.store.Offers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Commands for the conversation's files. */
final class FileCommands {
  /** The kind of offer that is a suggested question. */
  static final String OFFER = "question";

  private static final int COLUMNS_NAMED = 12;

  private final Files files;
  private final Offers offers;
  private final FileSchemas tables;
  private final Runnable dropped;

  FileCommands(Files files, Offers offers, FileSchemas tables, Runnable dropped) {
    this.files = files;
    this.offers = offers;
    this.tables = tables;
    this.dropped = dropped;
  }

  /** Files came without a question. */
  Interpretation acknowledge(Incoming incoming, List<String> attached) {
    Language language = incoming.language();
    List<Block> blocks = new ArrayList<>();
    List<Action> actions = new ArrayList<>();
    List<String> questions = new ArrayList<>();
    for (StoredFile file : files.list(incoming.conversation())) {
      if (attached.contains(file.name())) {
        FileProfile profile = tables.profile(file);
        blocks.add(new Block.Text(words(profile)));
        if (questions.isEmpty()) {
          // A suggestion that is taken becomes a request, and so part of a prompt.
          questions.addAll(SuggestedQuestions.about(profile.withPlainNames(), language));
        }
      }
    }
    StringBuilder ask = new StringBuilder(Label.FILES_ASK.in(language));
    for (int i = 0; i < questions.size(); i++) {
      ask.append("\n").append(i + 1).append(". ").append(questions.get(i));
      long offer =
          offers.make(incoming.conversation(), incoming.person().id(), OFFER, questions.get(i));
      actions.add(new Action(Action.Verb.SUGGESTION, offer));
    }
    blocks.add(
        new Block.Text(
            questions.isEmpty() ? Label.FILES_ASK_ANYTHING.in(language) : ask.toString()));
    String headline =
        attached.size() == 1
            ? Label.FILES_GOT_ONE.in(language, attached.getFirst())
            : Label.FILES_GOT.in(language, attached.size());
    return new Interpretation.Say(new Reply(0, Reply.Kind.NOTICE, headline, blocks, actions));
  }

  private static String words(FileProfile profile) {
    String columns =
        profile.columns().isEmpty()
            ? ""
            : ". Columns: %s%s"
                .formatted(
                    profile.columns().stream()
                        .limit(COLUMNS_NAMED)
                        .map(column -> column.name() + " (" + column.type() + ")")
                        .collect(Collectors.joining(", ")),
                    profile.columns().size() > COLUMNS_NAMED ? ", ..." : "");
    return "%s: %s, %s%s"
        .formatted(profile.name(), profile.kind(), String.join(", ", profile.facts()), columns);
  }

  Interpretation list(Incoming incoming) {
    Language language = incoming.language();
    List<List<String>> rows =
        files.list(incoming.conversation()).stream()
            .map(
                file ->
                    List.of(
                        file.name(),
                        Amounts.size(file.bytes()),
                        origin(file, language),
                        Timestamps.of(file.createdAt())))
            .toList();
    return rows.isEmpty()
        ? Interpretation.notice(incoming, Label.FILES_NONE)
        : new Interpretation.Say(
            new Reply(
                0,
                Reply.Kind.NOTICE,
                Label.FILES_HEADLINE.in(language),
                List.of(
                    new Block.Table(
                        Stream.of(
                                Label.FILES_NAME,
                                Label.FILES_SIZE,
                                Label.FILES_FROM,
                                Label.FILES_SINCE)
                            .map(label -> label.in(language))
                            .toList(),
                        rows)),
                List.of()));
  }

  Interpretation drop(Incoming incoming, String name) {
    List<String> named =
        files.find(incoming.conversation(), name).isPresent()
            ? List.of(name)
            : files.list(incoming.conversation()).stream()
                .filter(file -> file.attached().equals(name))
                .map(StoredFile::name)
                .toList();
    if (named.isEmpty()) {
      return Interpretation.refuse(incoming, Label.FILES_NO_FILE, name);
    }
    named.forEach(one -> files.drop(incoming.conversation(), one));
    dropped.run();
    return Interpretation.notice(incoming, Label.FILES_REMOVED, String.join(", ", named));
  }

  private static String origin(StoredFile file, Language language) {
    if (file.turn() != 0) {
      return Label.FILES_COMPUTED.in(language);
    }
    return file.attached().equals(file.name())
        ? Label.FILES_ATTACHED.in(language)
        : Label.FILES_ATTACHED_AS.in(language, file.attached());
  }
}

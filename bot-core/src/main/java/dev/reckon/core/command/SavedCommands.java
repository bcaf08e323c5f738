package dev.reckon.core.command;

import dev.reckon.core.label.Label;
import dev.reckon.core.message.Action;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Language;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Reply;
import dev.reckon.core.store.Computations;
import dev.reckon.core.store.Files;
import dev.reckon.core.store.Offers;
import dev.reckon.core.store.SavedComputation;
import dev.reckon.core.store.SavedComputation.Parameter;
import dev.reckon.core.store.TurnKind;
import dev.reckon.core.store.TurnRecord;
import dev.reckon.core.store.Turns;
import dev.reckon.core.turn.AttachedFile;
import dev.reckon.core.turn.TurnResult;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Commands for a team's saved computations. */
final class SavedCommands {
  /** The kind of offer that asks before something is saved. */
  static final String OFFER = "save";

  private static final int LITERALS_SHOWN = 20;

  private final Computations computations;
  private final Files files;
  private final Offers offers;
  private final Turns turns;
  private final CommandParser vocabulary;
  private final ColumnCheck check;
  private final InstantSource clock;

  SavedCommands(
      Computations computations,
      Files files,
      Offers offers,
      Turns turns,
      CommandParser vocabulary,
      FileSchemas tables,
      InstantSource clock) {
    this.computations = computations;
    this.files = files;
    this.offers = offers;
    this.turns = turns;
    this.vocabulary = vocabulary;
    this.check = new ColumnCheck(tables);
    this.clock = clock;
  }

  boolean knows(Incoming incoming, String name) {
    return computations.find(incoming.team().id(), name).isPresent();
  }

  /**
   * Saves, or asks first: where parameters were found that nobody named, and where a private chat's
   * code would be seen by a team.
   */
  Interpretation save(
      Incoming incoming, Optional<TurnRecord> turn, String name, Map<String, String> given) {
    if (!vocabulary.mayName(name)) {
      return Interpretation.refuse(incoming, Label.SAVED_BAD_NAME, name);
    }
    if (turn.isEmpty()) {
      return Interpretation.refuse(incoming, Label.SAVED_NOTHING);
    }
    TurnResult result = Objects.requireNonNull(turn.get().result());
    if (!result.status().isReplied()) {
      return Interpretation.refuse(incoming, Label.SAVED_NO_ANSWER);
    }
    String code = result.code();
    List<Parameter> found = Parameters.find(code);
    for (String unknown : given.keySet()) {
      if (found.stream().noneMatch(each -> each.name().equals(unknown))) {
        return Interpretation.refuse(
            "The code assigns no plain value to \"%s\", once and at its top level. It does so to: %s."
                .formatted(unknown, found.isEmpty() ? "nothing" : Parameters.words(found)));
      }
    }
    List<Parameter> chosen = withDefaults(found, given);
    try {
      var _ = Parameters.bind(code, chosen, Map.of());
    } catch (IllegalArgumentException problem) {
      return Interpretation.refuse(String.valueOf(problem.getMessage()));
    }
    boolean named = !given.isEmpty();
    boolean published = isPublished(incoming);
    if (published || (!named && !found.isEmpty())) {
      List<Parameter> asked = named ? chosen : Parameters.suggested(code);
      return ask(incoming, turn.get(), name, code, asked, published);
    }
    return keep(incoming, turn.get(), name, code, chosen);
  }

  /** Those of the parameters that are named, in the code's order, with these defaults. */
  private static List<Parameter> withDefaults(List<Parameter> found, Map<String, String> defaults) {
    return found.stream()
        .filter(one -> defaults.containsKey(one.name()))
        .map(
            one ->
                new Parameter(
                    one.name(), one.type(), Objects.requireNonNull(defaults.get(one.name()))))
        .toList();
  }

  private static boolean isPublished(Incoming incoming) {
    return incoming.address().direct() && !incoming.team().id().equals(incoming.person().id());
  }

  private Interpretation ask(
      Incoming incoming,
      TurnRecord turn,
      String name,
      String code,
      List<Parameter> parameters,
      boolean published) {
    List<Block> blocks = new ArrayList<>();
    if (!parameters.isEmpty()) {
      blocks.add(
          new Block.Text(
              Label.SAVED_PARAMETERS.in(incoming.language(), Parameters.words(parameters), name)));
    }
    if (published) {
      List<String> literals = PythonStrings.in(code).stream().limit(LITERALS_SHOWN).toList();
      blocks.add(
          new Block.Text(
              literals.isEmpty()
                  ? Label.SAVED_PUBLISHED.in(incoming.language())
                  : Label.SAVED_PUBLISHED_TEXTS.in(
                      incoming.language(), String.join("\", \"", literals))));
    }
    String detail = SaveOffer.of(turn.id(), name, parameters).detail();
    long offer = offers.make(incoming.conversation(), incoming.person().id(), OFFER, detail);
    return new Interpretation.Say(
        new Reply(
            0,
            Reply.Kind.NOTICE,
            Label.SAVED_ASK.in(incoming.language(), name),
            blocks,
            List.of(new Action(Action.Verb.CONFIRM, offer))));
  }

  /** Somebody said yes to what {@link #ask} asked. */
  Interpretation confirmed(Incoming incoming, String detail) {
    SaveOffer offer = SaveOffer.read(detail);
    Optional<TurnRecord> turn = turns.find(offer.turn());
    if (turn.isEmpty() || turn.get().result() == null) {
      return Interpretation.refuse(incoming, Label.PRESS_GONE);
    }
    String code = Objects.requireNonNull(turn.get().result()).code();
    List<Parameter> chosen = withDefaults(Parameters.find(code), offer.defaults());
    return keep(incoming, turn.get(), offer.name(), code, chosen);
  }

  private Interpretation keep(
      Incoming incoming, TurnRecord turn, String name, String code, List<Parameter> parameters) {
    List<String> texts = PythonStrings.in(code);
    FileBinding binding = new FileBinding(files.list(incoming.conversation()), List.of());
    List<String> opened = texts.stream().filter(text -> binding.named(text).isPresent()).toList();
    List<String> columns = check.needed(texts, opened, binding);
    Person person = incoming.person();
    SavedComputation saved =
        computations.save(
            incoming.team().id(),
            new SavedComputation(
                name,
                1,
                turn.id(),
                turn.request(),
                code,
                parameters,
                columns,
                opened,
                AnswerReplies.words(
                    Objects.requireNonNull(turn.result()).status(), Language.ENGLISH),
                person.id(),
                person.name(),
                clock.instant(),
                turn.disputedBy() == null ? null : "the answer it was saved from is disputed"));
    Language language = incoming.language();
    String run =
        parameters.isEmpty()
            ? Label.SAVED_RUN.in(language, name)
            : Label.SAVED_RUN_VALUES.in(
                language, name, name + " " + Parameters.words(parameters).replace(", ", " "));
    String needs =
        columns.isEmpty() ? "" : " " + Label.SAVED_NEEDS.in(language, String.join(", ", columns));
    return Interpretation.notice(
        saved.version() == 1
            ? Label.SAVED_SAVED.in(language, name)
            : Label.SAVED_SAVED_VERSION.in(language, name, saved.version()),
        run + needs);
  }

  Interpretation run(
      Incoming incoming, String name, Map<String, String> given, List<String> attached) {
    Optional<SavedComputation> found = computations.find(incoming.team().id(), name);
    if (found.isEmpty()) {
      return Interpretation.refuse(unknown(incoming, name));
    }
    SavedComputation saved = found.get();
    FileBinding binding = new FileBinding(files.list(incoming.conversation()), attached);
    String code;
    try {
      code = Parameters.bind(saved.code(), saved.parameters(), given);
    } catch (IllegalArgumentException problem) {
      return FormText.refuse(
          Label.SAVED_NOT_RUN.in(incoming.language(), name, String.valueOf(problem.getMessage())),
          ValueForms.of(saved));
    }
    try {
      List<AttachedFile> layout = check.layout(saved, binding);
      SavedRunText words = new SavedRunText(saved, given);
      String title = words.title();
      return new Interpretation.Compute(TurnKind.SAVED, title, title, code, layout, words.note());
    } catch (IllegalArgumentException problem) {
      return Interpretation.refuse(
          incoming, Label.SAVED_NOT_RUN, name, String.valueOf(problem.getMessage()));
    }
  }

  /** The names of the files that it opened when it was saved. */
  List<String> opens(Incoming incoming, String name) {
    return computations
        .find(incoming.team().id(), name)
        .map(SavedComputation::files)
        .orElse(List.of());
  }

  /** The turn that it was saved from. */
  Optional<Long> turn(Incoming incoming, String name) {
    return computations.find(incoming.team().id(), name).map(SavedComputation::turn);
  }

  Interpretation list(Incoming incoming) {
    Language language = incoming.language();
    List<List<String>> rows =
        computations.list(incoming.team().id()).stream()
            .map(
                saved ->
                    List.of(
                        saved.name(),
                        Parameters.words(saved.parameters()),
                        saved.flag() == null ? saved.status() : Label.LIST_DISPUTED.in(language),
                        Label.LIST_VERSION.in(
                            language,
                            saved.savedByName(),
                            Timestamps.of(saved.savedAt()),
                            saved.version()),
                        saved.request().lines().findFirst().orElse("")))
            .toList();
    return rows.isEmpty()
        ? Interpretation.notice(incoming, Label.SAVED_NONE)
        : new Interpretation.Say(
            new Reply(
                0,
                Reply.Kind.NOTICE,
                Label.SAVED_HEADLINE.in(incoming.language()),
                List.of(
                    new Block.Table(
                        Stream.of(
                                Label.FILES_NAME,
                                Label.LIST_PARAMETERS,
                                Label.HISTORY_STATUS,
                                Label.LIST_SAVED_BY,
                                Label.HISTORY_REQUEST)
                            .map(label -> label.in(language))
                            .toList(),
                        rows)),
                List.of()));
  }

  Interpretation forget(Incoming incoming, String name) {
    return computations.forget(incoming.team().id(), name)
        ? Interpretation.notice(incoming, Label.SAVED_DELETED, name)
        : Interpretation.refuse(unknown(incoming, name));
  }

  private String unknown(Incoming incoming, String name) {
    Language language = incoming.language();
    return computations.list(incoming.team().id()).stream()
        .map(SavedComputation::name)
        .filter(known -> TypoCheck.near(name, known))
        .findFirst()
        .map(known -> Label.SAVED_UNKNOWN_NEAR.in(language, name, known))
        .orElseGet(() -> Label.SAVED_UNKNOWN.in(language, name));
  }
}

package dev.reckon.core.delivery;

import dev.reckon.core.command.CodeDisplay;
import dev.reckon.core.command.Interpretation;
import dev.reckon.core.command.MemoryText;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.store.Files;
import dev.reckon.core.store.Files.StoredFile;
import dev.reckon.core.store.Memory;
import dev.reckon.core.store.Memory.Note;
import dev.reckon.core.store.Preferences;
import dev.reckon.core.store.Preferences.Scope;
import dev.reckon.core.store.TurnKind;
import dev.reckon.core.store.TurnRecord;
import dev.reckon.core.store.Turns;
import dev.reckon.core.turn.AttachedFile;
import dev.reckon.core.turn.FileMentions;
import dev.reckon.core.turn.PriorTurn;
import dev.reckon.core.turn.TurnRequest;
import dev.reckon.core.turn.TurnResult;
import dev.reckon.core.turn.TurnSettings;
import dev.reckon.core.turn.VerifyMode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Builds a turn's request from what is stored about the conversation. */
final class RequestBuilder {
  /** More than any token budget lets through. */
  private static final int EXCHANGES = 30;

  private final Files files;
  private final Preferences preferences;
  private final Memory memory;
  private final Turns turns;
  private final AskerLanguage languages;
  private final TurnSettings settings;
  private final AskerContext asker;
  private final int memoryTokens;

  RequestBuilder(
      Files files,
      Preferences preferences,
      Memory memory,
      Turns turns,
      TurnSettings settings,
      AskerContext asker,
      int memoryTokens) {
    this.files = files;
    this.preferences = preferences;
    this.memory = memory;
    this.turns = turns;
    this.languages = new AskerLanguage(preferences, turns);
    this.settings = settings;
    this.asker = asker;
    this.memoryTokens = memoryTokens;
  }

  /** A request in plain words, answered by the model. */
  TurnRequest words(
      Incoming incoming, String text, Set<String> justAttached, @Nullable Double ceilingUsd) {
    List<AttachedFile> files = files(incoming, justAttached);
    return new TurnRequest(
        text,
        context(incoming),
        files,
        FileMentions.missing(text, files),
        instructions(incoming, text),
        null,
        incoming.team().id(),
        incoming.conversation().value(),
        settings(incoming).withinCostUsd(ceilingUsd),
        asker.of(incoming),
        null,
        languages.of(incoming, text),
        List.of());
  }

  /** A scheduled request means the same each time, whatever was said since. */
  private List<PriorTurn> context(Incoming incoming) {
    return ScheduledRuns.is(incoming)
        ? List.of()
        : turns.context(incoming.conversation(), EXCHANGES).stream()
            .flatMap(RequestBuilder::exchange)
            .toList();
  }

  /** A program that is run as it is. */
  TurnRequest program(
      Incoming incoming, Interpretation.Compute compute, String code, Set<String> justAttached) {
    List<AttachedFile> files = compute.files();
    return TurnRequest.run(
            compute.prompt(),
            code,
            compute.saved(),
            files == null ? files(incoming, justAttached) : files,
            incoming.team().id(),
            incoming.conversation().value(),
            settings(incoming))
        .in(incoming.language());
  }

  private List<AttachedFile> files(Incoming incoming, Set<String> justAttached) {
    return files.list(incoming.conversation()).stream()
        .map(file -> attached(file, justAttached.contains(file.name())))
        .toList();
  }

  private static AttachedFile attached(StoredFile file, boolean current) {
    return new AttachedFile(file.id(), file.name(), file.bytes(), current, file.attached());
  }

  private TurnSettings settings(Incoming incoming) {
    Optional<String> mode =
        Stream.of(
                new Scope(Scope.Of.CONVERSATION, incoming.conversation().value()),
                new Scope(Scope.Of.PERSON, incoming.person().id()))
            .flatMap(scope -> preferences.get(scope, "verify").stream())
            .findFirst();
    return mode.map(name -> settings.withVerify(VerifyMode.valueOf(name))).orElse(settings);
  }

  /** How replies carry the code, by what the person or the conversation has set. */
  CodeDisplay codeShown(Incoming incoming) {
    return Stream.of(
            new Scope(Scope.Of.PERSON, incoming.person().id()),
            new Scope(Scope.Of.CONVERSATION, incoming.conversation().value()))
        .flatMap(scope -> preferences.get(scope, "code").stream())
        .findFirst()
        .map(CodeDisplay::named)
        .orElse(CodeDisplay.INLINE);
  }

  private String instructions(Incoming incoming, String request) {
    List<Note> notes =
        memory.list(
            List.of(
                new Scope(Scope.Of.TEAM, incoming.team().id()),
                new Scope(Scope.Of.CHANNEL, incoming.address().channel())));
    Stream<String> told =
        Stream.of(MemoryText.of(MemoryText.fitting(notes, request, memoryTokens)))
            .filter(text -> !text.isEmpty());
    Stream<String> language =
        preferences
            .get(new Scope(Scope.Of.PERSON, incoming.person().id()), "language")
            .map(name -> "Print labels and sentences in this language: " + name)
            .stream();
    return Stream.concat(told, language).collect(Collectors.joining("\n"));
  }

  private static Stream<PriorTurn> exchange(TurnRecord turn) {
    TurnResult result = turn.result();
    if (result == null) {
      return Stream.empty();
    }
    // A program that somebody typed is told as such; its text is the code itself.
    String request =
        turn.kind() == TurnKind.RUN || turn.kind() == TurnKind.EDIT
            ? "(ran a program of their own)"
            : turn.request();
    return Stream.of(
        new PriorTurn(request, result.status(), result.message(), result.code(), result.output()));
  }
}

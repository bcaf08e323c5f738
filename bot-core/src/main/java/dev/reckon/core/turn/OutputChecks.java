package dev.reckon.core.turn;

import dev.reckon.core.label.Label;
import dev.reckon.core.message.Language;
import dev.reckon.sandbox.SourceReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What rules alone can say against a run that ended well. What no right answer can trip is a
 * failure; the rest is a doubt, which the judge gets to see as a fact.
 */
public final class OutputChecks {
  private static final Set<String> EMPTY_WORDS =
      Set.of("none", "null", "solution", "answer", "result", "results", "output", "todo");
  private static final List<String> ERROR_WORDS =
      List.of(
          "error:",
          "exception:",
          "an error",
          "error occurred",
          "error reading",
          "failed to",
          "could not",
          "no such file",
          "file not found");
  private static final String TRACEBACK = "Traceback (most recent call last)";

  private OutputChecks() {}

  /** The first check that the run fails, or empty. */
  static Optional<AttemptFailure> check(TurnProgress work, RunSummary run) {
    String output = ResultLine.removed(run.stdout()).strip();
    if (output.isEmpty() && run.files().isEmpty()) {
      return failure(
          AttemptFailure.Cause.PRINTED_NOTHING,
          work,
          run.stderr().isBlank() ? Label.FAILURE_NO_OUTPUT : Label.FAILURE_NO_STDOUT);
    }
    if (run.files().isEmpty() && isLabelsOnly(output)) {
      return failure(AttemptFailure.Cause.TRIVIAL_OUTPUT, work, Label.FAILURE_LABELS_ONLY, output);
    }
    return unopenedFile(work, run)
        .flatMap(
            name ->
                failure(
                    AttemptFailure.Cause.FILE_NOT_OPENED, work, Label.FAILURE_FILE_UNOPENED, name));
  }

  /**
   * What speaks against an output and may be right all the same: a report about errors, a picture
   * made of signs, {@code None} as the answer.
   */
  public static List<String> doubts(CodeFacts facts, RunSummary run, Language language) {
    List<String> doubts = new ArrayList<>();
    if (printsAnError(run, facts)) {
      doubts.add(Label.DOUBT_ERROR.in(language));
    }
    String output = ResultLine.removed(run.stdout()).strip();
    if (run.files().isEmpty() && isTrivial(output)) {
      doubts.add(Label.DOUBT_EMPTY.in(language));
    }
    return List.copyOf(doubts);
  }

  private static Optional<AttemptFailure> failure(
      AttemptFailure.Cause cause, TurnProgress work, Label reason, Object... values) {
    return Optional.of(AttemptFailure.of(cause, work.request().language(), reason, values));
  }

  private static boolean printsAnError(RunSummary run, CodeFacts facts) {
    if (run.stdout().contains(TRACEBACK) || run.stderr().contains(TRACEBACK)) {
      return true;
    }
    return facts.traits().contains(SourceReport.Trait.CATCHES_AND_PRINTS)
        && (run.stdout() + "\n" + run.stderr())
            .lines()
            .map(String::strip)
            .anyMatch(OutputChecks::isErrorLine);
  }

  private static boolean isErrorLine(String line) {
    String lower = line.toLowerCase(Locale.ROOT);
    return line.contains(TRACEBACK)
        || lower.startsWith("error")
        || ERROR_WORDS.stream().anyMatch(lower::contains);
  }

  private static boolean isLabelsOnly(String output) {
    return output
        .lines()
        .filter(line -> !line.isBlank())
        .allMatch(line -> isLabel(line.stripTrailing()));
  }

  private static boolean isLabel(String line) {
    return line.endsWith(":") && line.chars().anyMatch(Character::isLetter);
  }

  /** No letter or digit, or an empty word. */
  private static boolean isTrivial(String output) {
    if (output.chars().noneMatch(Character::isLetterOrDigit)) {
      return true;
    }
    StringBuilder word = new StringBuilder();
    output
        .toLowerCase(Locale.ROOT)
        .codePoints()
        .filter(c -> Character.isLetterOrDigit(c) || c == ' ')
        .forEach(word::appendCodePoint);
    return EMPTY_WORDS.contains(word.toString().strip());
  }

  /** A file that was asked about and that the program did not open. */
  private static Optional<String> unopenedFile(TurnProgress work, RunSummary run) {
    if (work.steps() > 1) {
      return Optional.empty(); // steps of a plan read what earlier ones left
    }
    List<AttachedFile> files = work.request().files();
    Map<String, List<AttachedFile>> asked = asked(work.request().text(), files);
    if (asked.isEmpty()) {
      List<AttachedFile> current = files.stream().filter(AttachedFile::current).toList();
      asked = current.size() == 1 ? Map.of(current.getFirst().name(), current) : Map.of();
    }
    return asked.entrySet().stream()
        .filter(one -> one.getValue().stream().noneMatch(file -> run.read().contains(file.name())))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /**
   * The files that the request is about, by the name that it uses. Of several that came out of one
   * attachment, a sheet each, any will do. What a person attached goes before what another file was
   * turned into under the same name.
   */
  private static Map<String, List<AttachedFile>> asked(String text, List<AttachedFile> files) {
    Map<String, List<AttachedFile>> asked = new LinkedHashMap<>();
    for (AttachedFile file : files) {
      if (FileMentions.isNamed(text, file.known())) {
        asked.computeIfAbsent(file.known(), name -> new ArrayList<>()).add(file);
      }
    }
    for (AttachedFile file : files) {
      if (file.attached() != null
          && files.stream().noneMatch(other -> other.known().equalsIgnoreCase(file.name()))
          && FileMentions.isNamed(text, file.name())) {
        asked.put(file.name(), List.of(file));
      }
    }
    return asked;
  }
}

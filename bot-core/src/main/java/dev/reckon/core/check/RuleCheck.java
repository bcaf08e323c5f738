package dev.reckon.core.check;

import dev.reckon.core.files.FileProfile;
import dev.reckon.core.files.FileProfile.Column;
import dev.reckon.core.turn.Judgement;
import dev.reckon.core.turn.TurnProgress;
import dev.reckon.core.turn.TurnResult;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Verifies by rule where code can compute the answer itself: a request that is only a calculation,
 * and one that only asks how many rows or columns a table has. It never rejects: where the output
 * says something else, the judge is asked.
 */
public final class RuleCheck {
  private static final double TOLERANCE = 1e-9;
  private static final int MOST_DECIMALS = 15;

  /** Numbers of a request, and digits of a number, beyond which nothing is said by rule. */
  private static final int MOST_ASKED = 50;

  private static final int MOST_DIGITS = 5_000;
  private static final Set<String> COUNTING =
      Set.of(
          "how",
          "many",
          "rows",
          "row",
          "columns",
          "column",
          "records",
          "are",
          "is",
          "there",
          "in",
          "does",
          "do",
          "the",
          "this",
          "file",
          "table",
          "csv",
          "have",
          "has",
          "it",
          "of",
          "number",
          "count",
          "what",
          "please",
          "data",
          "dataset",
          "s",
          "attached");

  private RuleCheck() {}

  /** The judgement, where a rule suffices. */
  public static Optional<Judgement> of(TurnProgress work, List<FileProfile> files, String output) {
    if (work.steps() > 1 || !work.request().history().isEmpty()) {
      return Optional.empty();
    }
    String text = work.request().text();
    Optional<BigDecimal> value = Arithmetic.valueOf(text).or(() -> counted(text, files));
    return value.flatMap(expected -> found(text, expected, output));
  }

  private static Optional<BigDecimal> counted(String text, List<FileProfile> files) {
    if (files.size() != 1 || files.getFirst().columns().isEmpty()) {
      return Optional.empty();
    }
    FileProfile file = files.getFirst();
    String lower = text.toLowerCase(Locale.ROOT).replace(file.name().toLowerCase(Locale.ROOT), "");
    List<String> words =
        List.of(lower.split("[^\\p{L}]+", -1)).stream().filter(word -> !word.isEmpty()).toList();
    if (!COUNTING.containsAll(words)) {
      return Optional.empty();
    }
    boolean rows =
        words.stream().anyMatch(word -> word.startsWith("row") || word.startsWith("rec"));
    boolean columns = words.stream().anyMatch(word -> word.startsWith("column"));
    if (rows == columns) {
      return Optional.empty();
    }
    return columns
        ? Optional.of(BigDecimal.valueOf(file.columns().size()))
        : Optional.of(file)
            .filter(table -> table.rows() >= 0 && table.columns().stream().allMatch(Column::named))
            .map(table -> BigDecimal.valueOf(table.rows()));
  }

  /** Whether the output's only result is that value; other numbers may occur in the request. */
  private static Optional<Judgement> found(String text, BigDecimal expected, String output) {
    List<BigDecimal> asked = numbers(text);
    if (asked.size() > MOST_ASKED || hasLongNumber(output)) {
      return Optional.empty();
    }
    List<BigDecimal> results =
        numbers(output).stream()
            .filter(number -> asked.stream().noneMatch(a -> a.compareTo(number) == 0))
            .toList();
    boolean inRequest = asked.stream().anyMatch(number -> number.compareTo(expected) == 0);
    if (inRequest || results.size() != 1 || !equal(results.getFirst(), expected)) {
      return Optional.empty();
    }
    String evidence = results.getFirst().toPlainString();
    return Optional.of(
        new Judgement(
            Judgement.Verdict.ANSWERS,
            "Reckon's own code finds " + evidence + " as well.",
            List.of(new TurnResult.Requirement(text, true, evidence)),
            Judgement.Method.RULE));
  }

  private static boolean equal(BigDecimal found, BigDecimal expected) {
    if (found.compareTo(expected) == 0) {
      return true;
    }
    double scale = Math.max(1, Math.abs(expected.doubleValue()));
    return expected.stripTrailingZeros().scale() > 0
        && found.scale() > 0
        && found.scale() <= MOST_DECIMALS + 5
        && Math.abs(found.doubleValue() - expected.doubleValue()) <= TOLERANCE * scale;
  }

  private static List<BigDecimal> numbers(String text) {
    List<BigDecimal> numbers = new ArrayList<>();
    int from = -1;
    for (int at = 0; at <= text.length(); at++) {
      boolean part = at < text.length() && isNumberPart(text, at);
      if (part && from < 0) {
        from = at;
      } else if (!part && from >= 0) {
        boolean negative = from > 0 && text.charAt(from - 1) == '-';
        number(text.substring(negative ? from - 1 : from, at)).ifPresent(numbers::add);
        from = -1;
      }
    }
    return numbers;
  }

  private static boolean hasLongNumber(String text) {
    int digits = 0;
    for (int at = 0; at < text.length() && digits <= MOST_DIGITS; at++) {
      digits = isNumberPart(text, at) ? digits + 1 : 0;
    }
    return digits > MOST_DIGITS;
  }

  private static Optional<BigDecimal> number(String text) {
    if (text.length() > MOST_DIGITS) {
      return Optional.empty();
    }
    try {
      return Optional.of(new BigDecimal(text.replace(",", "")));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  /** A digit, or a mark with digits on both its sides. */
  private static boolean isNumberPart(String text, int at) {
    return Character.isDigit(text.charAt(at))
        || ((text.charAt(at) == '.' || text.charAt(at) == ',')
            && at > 0
            && at + 1 < text.length()
            && Character.isDigit(text.charAt(at - 1))
            && Character.isDigit(text.charAt(at + 1)));
  }
}

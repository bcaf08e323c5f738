package dev.reckon.core.schedule;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an alert waits for. {@link #words} is how it is stored: {@link #parse} reads the same value
 * from it.
 *
 * @param label which of several values is meant: a name in the result, or the beginning of a
 *     printed line; empty where there is only one
 * @param bound what the value is compared with; null for {@link Test#CHANGES}
 */
public record Condition(String label, Test test, @Nullable BigDecimal bound) {
  private static final Pattern FORM =
      Pattern.compile(
          "(?:[\"'\u201C\u201E](?<label>[^\"'\u201C\u201D\u201E]{1,60})[\"'\u201C\u201D])?\\s*"
              + "(?:(?<changes>changes|change|changed|has changed|is different|is new)"
              + "|(?<test>[^-+\\d\"']{1,40}?)\\s*(?<bound>[-+]?\\d[\\d,_]*(?:\\.\\d+)?)\\s*"
              + "(?<unit>k|m|million|thousand|%)?)",
          Pattern.CASE_INSENSITIVE);

  /** How a value is compared. */
  public enum Test {
    ABOVE(">", "above|over|more than|greater than|exceeds|rises above|goes above"),
    AT_LEAST(">=", "at least|reaches|\u2265"),
    BELOW("<", "below|under|less than|falls below|drops below|goes below"),
    AT_MOST("<=", "at most|\u2264"),
    EQUAL("=", "==|equals|equal to"),
    UNEQUAL("!=", "<>|not|\u2260"),
    /** It is not what it was at the last run. */
    CHANGES("changes", "changed");

    private final String sign;

    /** Other ways to say it, apart by bars. */
    private final String spoken;

    Test(String sign, String spoken) {
      this.sign = sign;
      this.spoken = spoken;
    }

    private static Optional<Test> of(String words) {
      String plain =
          words.strip().toLowerCase(Locale.ROOT).replaceFirst("^(is|are|gets)\\b\\s*", "");
      for (Test test : values()) {
        if (test.sign.equals(plain) || ("|" + test.spoken + "|").contains("|" + plain + "|")) {
          return Optional.of(test);
        }
      }
      return Optional.empty();
    }
  }

  /**
   * Reads a condition such as {@code > 80000}, {@code "Total" falls below 5} or {@code changes}.
   */
  public static Optional<Condition> parse(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String label = matcher.group("label") == null ? "" : matcher.group("label").strip();
    if (matcher.group("changes") != null) {
      return Optional.of(new Condition(label, Test.CHANGES, null));
    }
    return Test.of(matcher.group("test")).map(test -> new Condition(label, test, number(matcher)));
  }

  private static BigDecimal number(Matcher matcher) {
    BigDecimal plain = new BigDecimal(matcher.group("bound").replaceAll("[,_]", ""));
    String unit = matcher.group("unit");
    return switch (unit == null ? "" : unit.toLowerCase(Locale.ROOT)) {
      case "k", "thousand" -> plain.movePointRight(3);
      case "m", "million" -> plain.movePointRight(6);
      default -> plain;
    };
  }

  /**
   * Whether a value meets it.
   *
   * @throws IllegalStateException for {@link Test#CHANGES}, which compares two
   */
  public boolean isMetBy(BigDecimal value) {
    if (bound == null) {
      throw new IllegalStateException("a change is no property of one value");
    }
    int order = value.compareTo(bound);
    return switch (test) {
      case ABOVE -> order > 0;
      case AT_LEAST -> order >= 0;
      case BELOW -> order < 0;
      case AT_MOST -> order <= 0;
      case EQUAL -> order == 0;
      case UNEQUAL -> order != 0;
      case CHANGES -> throw new IllegalStateException("a change has no bound");
    };
  }

  /** Whether it waits for a change instead of a bound. */
  public boolean waitsForChange() {
    return test == Test.CHANGES;
  }

  public String words() {
    String named = label.isEmpty() ? "" : "\"" + label + "\" ";
    return named + test.sign + (bound == null ? "" : " " + bound.toPlainString());
  }
}

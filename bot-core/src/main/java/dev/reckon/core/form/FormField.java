package dev.reckon.core.form;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One value that a person fills in.
 *
 * @param name identifies the field within its form
 * @param label what people read beside it
 * @param type what values are accepted
 * @param initial the value that the field has before anybody changes it; empty if there is none
 * @param help an example or a hint of one line; may be empty
 * @param required whether the form is refused while the field is blank
 */
public record FormField(
    String name, String label, Type type, String initial, String help, boolean required) {
  /** What values a field accepts. */
  public enum Type {
    LINE("text"),
    PARAGRAPH("text"),
    CODE("Python"),
    INTEGER("whole number"),
    NUMBER("number"),
    BOOLEAN("yes or no");

    private final String description;

    Type(String description) {
      this.description = description;
    }

    /** What a value is, for people: {@code whole number}. */
    public String description() {
      return description;
    }
  }

  /** Python refuses literals of more than 4,300 digits. */
  private static final int MOST_DIGITS = 4_300;

  private static final Pattern INTEGER = Pattern.compile("[+-]?\\d+");
  private static final Set<String> YES = Set.of("true", "yes", "on", "1");
  private static final Set<String> NO = Set.of("false", "no", "off", "0");

  /** Why a value is not accepted, as a sentence for people; empty if it is. */
  public Optional<String> problem(String value) {
    if (value.isBlank() && required) {
      return Optional.of("\"%s\" needs a value.".formatted(name));
    }
    boolean isNumber = type == Type.INTEGER || type == Type.NUMBER;
    if (isNumber && value.length() > MOST_DIGITS) {
      return Optional.of("\"%s\" has more than %d digits.".formatted(name, MOST_DIGITS));
    }
    return switch (type) {
      case LINE, PARAGRAPH, CODE -> Optional.empty();
      case INTEGER -> integerProblem(value);
      case NUMBER -> numberProblem(value);
      case BOOLEAN ->
          isYes(value) || NO.contains(value.toLowerCase(Locale.ROOT))
              ? Optional.empty()
              : Optional.of("\"%s\" must be yes or no, but is \"%s\".".formatted(name, value));
    };
  }

  private Optional<String> integerProblem(String value) {
    return INTEGER.matcher(value).matches()
        ? Optional.empty()
        : Optional.of("\"%s\" must be a whole number, but is \"%s\".".formatted(name, value));
  }

  private Optional<String> numberProblem(String value) {
    try {
      return Double.isInfinite(new BigDecimal(value).doubleValue())
          ? Optional.of("\"%s\" is too large a number.".formatted(name))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.of("\"%s\" must be a number, but is \"%s\".".formatted(name, value));
    }
  }

  /** Whether a value of a {@link Type#BOOLEAN} field that has no {@link #problem} means yes. */
  public static boolean isYes(String value) {
    return YES.contains(value.toLowerCase(Locale.ROOT));
  }
}

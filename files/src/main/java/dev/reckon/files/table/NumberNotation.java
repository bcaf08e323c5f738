package dev.reckon.files.table;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a number is written.
 *
 * @param whole whether it has neither decimals nor an exponent
 * @param digits how many digits it has
 * @param leadingZero whether it begins with a zero that no number needs
 * @param decimal the decimal mark: a point or a comma; 0 without one
 * @param group the thousands mark: a comma, point, blank or apostrophe; 0 without one
 * @param ambiguous whether its one mark, which has three digits after it, may be either
 * @param percent whether a percent sign follows
 * @param currency a currency's sign or code, or empty
 */
record NumberNotation(
    boolean whole,
    int digits,
    boolean leadingZero,
    char decimal,
    char group,
    boolean ambiguous,
    boolean percent,
    String currency) {
  private static final int LONGEST = 64;
  private static final Set<String> CURRENCIES =
      Set.of(
          "$", "€", "£", "¥", "₹", "₽", "₩", "₺", "₴", "zł", "kč", "kr", "r$", "us$", "chf", "eur",
          "usd", "gbp", "jpy", "inr", "rub", "pln", "czk", "huf", "sek", "nok", "dkk", "cad", "aud",
          "cny", "brl", "руб", "руб.", "ft", "₪", "元", "円");

  boolean plain() {
    return !percent && currency.isEmpty() && group == 0 && decimal != ',' && !ambiguous;
  }

  /** Reads a value without surrounding blanks; null when it is no number. */
  static @Nullable NumberNotation of(String value) {
    if (value.isEmpty() || value.length() > LONGEST) {
      return null;
    }
    int start = 0;
    int end = value.length();
    boolean percent = false;
    String currency = "";
    if (value.charAt(0) == '(' && value.charAt(end - 1) == ')' && end > 2) {
      start++;
      end--;
    }
    if (end > start && (value.charAt(end - 1) == '%' || value.charAt(end - 1) == '‰')) {
      percent = true;
      end = trimEnd(value, start, end - 1);
    }
    if (start < end && isSign(value.charAt(start))) {
      start++;
    }
    int unit = start;
    while (unit < end && !isDigit(value.charAt(unit)) && ".,+-−".indexOf(value.charAt(unit)) < 0) {
      unit++;
    }
    if (unit > start) {
      currency = value.substring(start, unit).strip();
      start = unit;
    }
    int tail = end;
    while (tail > start
        && !isDigit(value.charAt(tail - 1))
        && ".,".indexOf(value.charAt(tail - 1)) < 0) {
      tail--;
    }
    if (tail < end && currency.isEmpty()) {
      String unitAfter = value.substring(tail, end).strip();
      if (unitAfter.equals("-")) {
        end = tail; // 12.50-, as some accounting programs write it
      } else if (isCurrency(unitAfter)) {
        currency = unitAfter;
        end = tail;
      }
    }
    if (!currency.isEmpty() && !isCurrency(currency)) {
      return null;
    }
    if (start < end && isSign(value.charAt(start))) {
      start++;
    }
    return digits(value, start, end, percent, currency);
  }

  private static @Nullable NumberNotation digits(
      String value, int start, int end, boolean percent, String currency) {
    int digits = 0;
    int commas = 0;
    int points = 0;
    int others = 0;
    int lastMark = -1;
    char other = 0;
    int i = start;
    for (; i < end; i++) {
      char c = value.charAt(i);
      if (isDigit(c)) {
        digits++;
      } else if (c == ',') {
        commas++;
        lastMark = i;
      } else if (c == '.') {
        points++;
        lastMark = i;
      } else if ((isBlank(c) || c == '\'' || c == '’')
          && digits > 0
          && groupOfThree(value, i, end)) {
        others++;
        other = isBlank(c) ? ' ' : '\'';
      } else {
        break;
      }
    }
    boolean exponent = i < end && digits > 0 && isExponent(value, i, end);
    if (digits == 0 || (i < end && !exponent) || (commas > 1 && points > 1)) {
      return null;
    }
    boolean zero =
        digits > 1
            && value.charAt(start) == '0'
            && start + 1 < i
            && isDigit(value.charAt(start + 1));
    int after = lastMark < 0 ? 0 : i - lastMark - 1;
    char decimal = 0;
    char group = other;
    boolean ambiguous = false;
    if (commas > 0 && points > 0) {
      decimal = value.charAt(lastMark);
      group = decimal == ',' ? '.' : ',';
      if ((decimal == ',' ? commas : points) > 1) {
        return null;
      }
    } else if (commas + points > 1) {
      group = commas > 0 ? ',' : '.';
    } else if (commas + points == 1) {
      char mark = value.charAt(lastMark);
      boolean three = after == 3 && lastMark > start && lastMark - start <= 3 && !zero;
      boolean lone = value.charAt(start) != '0' && !exponent && others == 0;
      if (mark == ',' && three && lone) {
        ambiguous = true;
        group = ',';
      } else {
        decimal = mark;
      }
    }
    if (group != 0 && !grouped(value, start, decimal == 0 ? i : lastMark, group)) {
      return null;
    }
    boolean whole = decimal == 0 && !exponent;
    return new NumberNotation(
        whole, digits, zero && group == 0, decimal, group, ambiguous, percent, currency);
  }

  /** Whether the marks precede groups of three, or of two and three as in India. */
  private static boolean grouped(String value, int start, int end, char group) {
    int run = 0;
    boolean first = true;
    for (int i = start; i < end; i++) {
      char c = value.charAt(i);
      if (isDigit(c)) {
        run++;
      } else if (c == group || (group == ' ' && isBlank(c)) || (group == '\'' && c == '’')) {
        if (run == 0 || run > 3 || (!first && run < 2)) {
          return false;
        }
        run = 0;
        first = false;
      }
    }
    return first || run == 3;
  }

  private static boolean groupOfThree(String value, int mark, int end) {
    return mark + 3 < end
        && isDigit(value.charAt(mark + 1))
        && isDigit(value.charAt(mark + 2))
        && isDigit(value.charAt(mark + 3));
  }

  private static boolean isExponent(String value, int from, int end) {
    if (value.charAt(from) != 'e' && value.charAt(from) != 'E') {
      return false;
    }
    int i = from + 1;
    if (i < end && isSign(value.charAt(i))) {
      i++;
    }
    int first = i;
    while (i < end && isDigit(value.charAt(i))) {
      i++;
    }
    return i == end && i > first;
  }

  private static int trimEnd(String value, int start, int end) {
    int i = end;
    while (i > start && isBlank(value.charAt(i - 1))) {
      i--;
    }
    return i;
  }

  private static boolean isCurrency(String unit) {
    return CURRENCIES.contains(unit.toLowerCase(Locale.ROOT));
  }

  private static boolean isSign(char c) {
    return c == '-' || c == '+' || c == '−';
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\u00a0' || c == '\u202f' || c == '\u2009';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}

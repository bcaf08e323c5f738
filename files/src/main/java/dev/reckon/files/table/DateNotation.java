package dev.reckon.files.table;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a date or a time of day is written.
 *
 * @param format such as {@code YYYY-MM-DD}, {@code ?/?/YYYY} or {@code HH:MM}. Question marks stand
 *     where day and month cannot be told apart by the format alone
 * @param first the first of the two numbers that are day and month; 0 where the format tells
 * @param second the other one
 * @param hasDate false for a time alone
 */
record DateNotation(String format, int first, int second, boolean hasDate) {
  private static final int LONGEST = 48;
  private static final Set<String> MONTHS =
      Set.of(
          "jan",
          "january",
          "januar",
          "janvier",
          "enero",
          "ene",
          "gennaio",
          "gen",
          "feb",
          "february",
          "februar",
          "février",
          "febrero",
          "mar",
          "march",
          "märz",
          "mrz",
          "mars",
          "marzo",
          "apr",
          "april",
          "avril",
          "abril",
          "abr",
          "aprile",
          "may",
          "mai",
          "mayo",
          "maggio",
          "mag",
          "jun",
          "june",
          "juni",
          "juin",
          "junio",
          "giugno",
          "giu",
          "jul",
          "july",
          "juli",
          "juillet",
          "julio",
          "luglio",
          "lug",
          "aug",
          "august",
          "août",
          "agosto",
          "ago",
          "sep",
          "sept",
          "september",
          "septembre",
          "septiembre",
          "settembre",
          "set",
          "oct",
          "okt",
          "october",
          "oktober",
          "octobre",
          "octubre",
          "ottobre",
          "ott",
          "nov",
          "november",
          "novembre",
          "noviembre",
          "dec",
          "dez",
          "december",
          "dezember",
          "décembre",
          "dic",
          "diciembre",
          "dicembre");

  /** Reads a value without surrounding blanks; null when it is neither a date nor a time. */
  static @Nullable DateNotation of(String value) {
    int length = value.length();
    if (length < 4 || length > LONGEST) {
      return null;
    }
    char first = value.charAt(0);
    if (!isDigit(first) && !Character.isLetter(first)) {
      return null;
    }
    String time = time(value);
    if (time != null) {
      return new DateNotation(time, 0, 0, false);
    }
    int split = timeBegins(value);
    if (split > 0) {
      DateNotation date = date(value.substring(0, split));
      String clock = time(value.substring(split + 1).strip());
      return date == null || clock == null
          ? null
          : new DateNotation(
              date.format + value.charAt(split) + clock, date.first, date.second, true);
    }
    return date(value);
  }

  private static int timeBegins(String value) {
    int colon = value.indexOf(':');
    if (colon < 0) {
      return -1;
    }
    for (int i = colon - 1; i > 0; i--) {
      char c = value.charAt(i);
      if (c == ' ' || (c == 'T' && isDigit(value.charAt(i - 1)))) {
        return i;
      }
    }
    return -1;
  }

  /** {@code H:MM}, with seconds, fractions, AM or PM, a zone. */
  private static @Nullable String time(String value) {
    int colon = value.indexOf(':');
    if (colon < 1 || colon > 2 || value.length() < colon + 3) {
      return null;
    }
    int hours = number(value, 0, colon);
    int minutes = number(value, colon + 1, colon + 3);
    if (hours < 0 || hours > 24 || minutes < 0 || minutes > 59) {
      return null;
    }
    int i = colon + 3;
    String format = "HH:MM";
    if (i < value.length() && value.charAt(i) == ':') {
      int seconds = i + 3 <= value.length() ? number(value, i + 1, i + 3) : -1;
      if (seconds < 0 || seconds > 60) {
        return null;
      }
      format = "HH:MM:SS";
      i += 3;
      if (i < value.length() && (value.charAt(i) == '.' || value.charAt(i) == ',')) {
        i++;
        while (i < value.length() && isDigit(value.charAt(i))) {
          i++;
        }
      }
    }
    String rest = value.substring(i).strip().toLowerCase(Locale.ROOT);
    if (rest.equals("am") || rest.equals("pm") || rest.equals("a.m.") || rest.equals("p.m.")) {
      return format + " AM/PM";
    }
    boolean zone =
        rest.equals("z")
            || rest.equals("utc")
            || rest.equals("gmt")
            || (rest.length() >= 3
                && (rest.charAt(0) == '+' || rest.charAt(0) == '-')
                && rest.substring(1).chars().allMatch(c -> isDigit((char) c) || c == ':'));
    return rest.isEmpty() ? format : zone ? format + " with zone" : null;
  }

  private static @Nullable DateNotation date(String value) {
    if (!isDigit(value.charAt(0))) {
      return monthFirst(value);
    }
    int end = digitsEnd(value, 0);
    int first = number(value, 0, end);
    if (end == value.length()) {
      return null;
    }
    char mark = value.charAt(end);
    if (mark == '年') {
      return chinese(value, end);
    }
    if (Character.isLetter(value.charAt(Math.min(value.length() - 1, end + 1)))
        || Character.isLetter(mark)) {
      return dayThenMonthName(value, end, first);
    }
    if ("-/.".indexOf(mark) < 0) {
      return null;
    }
    int end2 = digitsEnd(value, end + 1);
    int second = number(value, end + 1, end2);
    if (second < 0) {
      return null;
    }
    if (end2 == value.length()) {
      boolean month = end == 4 && mark != '.' && end2 - end == 3 && second >= 1 && second <= 12;
      return month && isYear(first) ? new DateNotation("YYYY" + mark + "MM", 0, 0, true) : null;
    }
    if (value.charAt(end2) != mark) {
      return null;
    }
    int end3 = digitsEnd(value, end2 + 1);
    int third = number(value, end2 + 1, end3);
    if (third < 0 || (end3 != value.length() && !value.substring(end3).equals("."))) {
      return null;
    }
    if (end == 4) {
      return isDay(third) && isMonth(second) && isYear(first)
          ? new DateNotation("YYYY" + mark + "MM" + mark + "DD", 0, 0, true)
          : null;
    }
    int yearDigits = end3 - end2 - 1;
    boolean possible = (isDay(first) && isMonth(second)) || (isDay(second) && isMonth(first));
    if (end > 2 || end2 - end > 3 || (yearDigits != 4 && yearDigits != 2) || !possible) {
      return null;
    }
    String year = yearDigits == 4 ? "YYYY" : "YY";
    if (mark == '.') {
      return isMonth(second) ? new DateNotation("DD.MM." + year, 0, 0, true) : null;
    }
    return new DateNotation("?" + mark + "?" + mark + year, first, second, true);
  }

  private static @Nullable DateNotation chinese(String value, int year) {
    int month = value.indexOf('月');
    int day = value.indexOf('日');
    boolean whole =
        month > year + 1
            && number(value, year + 1, month) > 0
            && (day < 0 ? month == value.length() - 1 : number(value, month + 1, day) > 0);
    return whole ? new DateNotation(day < 0 ? "YYYY年MM月" : "YYYY年MM月DD日", 0, 0, true) : null;
  }

  /** {@code 5-Mar-2024}, {@code 5. März 2024}, {@code 5 March}. */
  private static @Nullable DateNotation dayThenMonthName(String value, int end, int day) {
    int i = end;
    while (i < value.length() && " -/.".indexOf(value.charAt(i)) >= 0 && i < end + 2) {
      i++;
    }
    int name = i;
    while (i < value.length() && Character.isLetter(value.charAt(i))) {
      i++;
    }
    if (!isMonthName(value.substring(name, i)) || !isDay(day)) {
      return null;
    }
    String rest = value.substring(i).strip();
    int from = 0;
    while (from < rest.length() && "-/., ".indexOf(rest.charAt(from)) >= 0) {
      from++;
    }
    int digits = rest.length() - from;
    boolean year = (digits == 4 || digits == 2) && number(rest, from, rest.length()) >= 0;
    return year || digits == 0
        ? new DateNotation("day month-name" + (year ? " year" : ""), 0, 0, true)
        : null;
  }

  /** {@code March 5, 2024}, {@code Mar-24}, {@code March 2024}. */
  private static @Nullable DateNotation monthFirst(String value) {
    int i = 0;
    while (i < value.length() && Character.isLetter(value.charAt(i))) {
      i++;
    }
    if (i == value.length() || !isMonthName(value.substring(0, i))) {
      return null;
    }
    boolean dayToo = value.indexOf(',') > 0;
    int numbers = 0;
    boolean inDigits = false;
    for (int k = i; k < value.length(); k++) {
      char c = value.charAt(k);
      if (isDigit(c)) {
        numbers += inDigits ? 0 : 1;
        inDigits = true;
      } else if (" -/.,'".indexOf(c) >= 0) {
        inDigits = false;
      } else {
        return null;
      }
    }
    if (numbers < 1 || numbers > 2) {
      return null;
    }
    return new DateNotation(
        numbers == 2 || dayToo ? "month-name day year" : "month-name year", 0, 0, true);
  }

  private static boolean isMonthName(String word) {
    return MONTHS.contains(word.toLowerCase(Locale.ROOT));
  }

  private static boolean isYear(int n) {
    return n >= 1000 && n <= 2999;
  }

  private static boolean isMonth(int n) {
    return n >= 1 && n <= 12;
  }

  private static boolean isDay(int n) {
    return n >= 1 && n <= 31;
  }

  private static int digitsEnd(String value, int from) {
    int i = from;
    while (i < value.length() && isDigit(value.charAt(i))) {
      i++;
    }
    return i;
  }

  /** The number that the digits form, -1 when they are none or too many. */
  private static int number(String value, int from, int to) {
    if (to <= from || to - from > 6) {
      return -1;
    }
    int n = 0;
    for (int i = from; i < to; i++) {
      if (!isDigit(value.charAt(i))) {
        return -1;
      }
      n = n * 10 + value.charAt(i) - '0';
    }
    return n;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}

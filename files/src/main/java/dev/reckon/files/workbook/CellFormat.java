package dev.reckon.files.workbook;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a number format shows: days, times, durations, percent, digits with leading zeros, or the
 * number itself. Reads a format once, in one pass over a bounded length.
 *
 * @param mask the digits and signs of a format with leading zeros, null for other kinds
 */
record CellFormat(Kind kind, @Nullable String mask) {
  enum Kind {
    NUMBER,
    DATE,
    TIME,
    DATE_TIME,
    DURATION,
    PERCENT,
    ZEROS,
    TEXT
  }

  static final CellFormat GENERAL = new CellFormat(Kind.NUMBER, null);

  /** Excel allows no longer ones; what is longer means nothing and only costs time. */
  private static final int LONGEST = 255;

  /** What Excel keeps of a number; the rest is noise of binary fractions. */
  private static final MathContext DIGITS = new MathContext(15);

  private static final int MOST_PLAIN_DIGITS = 21;
  private static final double LAST_SERIAL = 2_958_466; // the day after 9999-12-31
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  /** The format of a built-in number; those from 27 on are the East Asian dates. */
  static CellFormat builtIn(int id) {
    return switch (id) {
      case 9, 10 -> new CellFormat(Kind.PERCENT, null);
      case 14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58 ->
          new CellFormat(Kind.DATE, null);
      case 18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56 -> new CellFormat(Kind.TIME, null);
      case 22 -> new CellFormat(Kind.DATE_TIME, null);
      case 46 -> new CellFormat(Kind.DURATION, null);
      case 49 -> new CellFormat(Kind.TEXT, null);
      default -> GENERAL;
    };
  }

  /**
   * Reads a format's text, by its first section. Where sections have conditions and show numbers in
   * different ways, the number itself is right for all of them.
   */
  static CellFormat of(String format) {
    CellFormat first = section(format);
    int end = conditionalEnd(format);
    boolean other = end >= 0 && of(format.substring(end + 1)).kind() != first.kind();
    return other ? GENERAL : first;
  }

  /** Where the first section ends if it applies on a condition such as {@code [<1]}; else -1. */
  private static int conditionalEnd(String format) {
    if (format.length() > LONGEST) {
      return -1;
    }
    boolean conditional = false;
    for (int i = 0; i < format.length(); i++) {
      switch (format.charAt(i)) {
        case '"' -> {
          int end = format.indexOf('"', i + 1);
          i = end < 0 ? format.length() : end;
        }
        case '\\' -> i++;
        case '[' ->
            conditional |= i + 1 < format.length() && "<>=".indexOf(format.charAt(i + 1)) >= 0;
        case ';' -> {
          return conditional ? i : -1;
        }
        default -> {}
      }
    }
    return -1;
  }

  private static CellFormat section(String format) {
    if (format.length() > LONGEST || format.regionMatches(true, 0, "General", 0, 7)) {
      return GENERAL;
    }
    boolean year = false;
    boolean day = false;
    boolean m = false;
    boolean hour = false;
    boolean second = false;
    boolean elapsed = false;
    boolean percent = false;
    boolean otherDigits = false;
    int zeros = 0;
    StringBuilder mask = new StringBuilder();
    int i = 0;
    scan:
    while (i < format.length()) {
      char c = Character.toLowerCase(format.charAt(i));
      switch (c) {
        case ';' -> {
          break scan;
        }
        case '"' -> {
          int end = format.indexOf('"', i + 1);
          end = end < 0 ? format.length() : end;
          literal(mask, format, i + 1, end);
          i = end;
        }
        case '\\' -> {
          literal(mask, format, i + 1, Math.min(i + 2, format.length()));
          i++;
        }
        case '_', '*' -> i++;
        case '[' -> {
          int end = format.indexOf(']', i);
          end = end < 0 ? format.length() : end;
          char inside = i + 1 < end ? Character.toLowerCase(format.charAt(i + 1)) : 0;
          char last = i + 1 < end ? Character.toLowerCase(format.charAt(end - 1)) : 0;
          elapsed |= inside == last && (inside == 'h' || inside == 'm' || inside == 's');
          i = end;
        }
        case 'y', '年' -> year = true;
        case 'e' -> {
          boolean exponent = i + 1 < format.length() && "+-".indexOf(format.charAt(i + 1)) >= 0;
          otherDigits |= exponent;
          year |= !exponent;
        }
        case 'd', '日' -> day = true;
        case 'm', '月' -> m = true;
        case 'h', '时', '時' -> hour = true;
        case 's', '秒' -> second = true;
        case '%' -> percent = true;
        case '@' -> {
          return new CellFormat(Kind.TEXT, null);
        }
        case '0' -> {
          zeros++;
          mask.append('\0');
        }
        case '#', '?', '.', ',' -> otherDigits = true;
        default -> {
          if ("-/() +:".indexOf(c) >= 0) {
            mask.append(c);
          }
        }
      }
      i++;
    }
    if (elapsed) {
      return new CellFormat(Kind.DURATION, null);
    }
    boolean clock = hour || second;
    if (year || day || (m && !clock)) {
      return new CellFormat(clock ? Kind.DATE_TIME : Kind.DATE, null);
    }
    if (clock) {
      return new CellFormat(Kind.TIME, null);
    }
    if (percent) {
      return new CellFormat(Kind.PERCENT, null);
    }
    return zeros > 1 && !otherDigits ? new CellFormat(Kind.ZEROS, mask.toString()) : GENERAL;
  }

  private static void literal(StringBuilder mask, String format, int from, int to) {
    for (int i = from; i < to; i++) {
      mask.append(format.charAt(i));
    }
  }

  /**
   * A stored number as the sheet shows it.
   *
   * @param raw as it is stored; returned unchanged when it is no number
   * @param from1904 whether days count from 1904, as in workbooks of old Macs
   */
  String show(String raw, boolean from1904) {
    double number;
    try {
      number = raw.length() > 400 ? Double.NaN : Double.parseDouble(raw);
    } catch (NumberFormatException _) {
      return raw;
    }
    if (!Double.isFinite(number)) {
      return raw;
    }
    try {
      return switch (kind) {
        case NUMBER, TEXT -> plain(raw, number);
        case PERCENT -> shortest(new BigDecimal(number).round(DIGITS).scaleByPowerOfTen(2)) + "%";
        case ZEROS -> zeros(number);
        case DURATION -> duration(number);
        case DATE, TIME, DATE_TIME -> day(raw, number, from1904);
      };
    } catch (DateTimeException | ArithmeticException _) {
      return plain(raw, number);
    }
  }

  static String plain(String raw, double number) {
    // Longer whole numbers are identifiers that some programs store exactly.
    boolean whole = raw.length() <= 19 && raw.chars().allMatch(c -> c >= '0' && c <= '9');
    return whole ? raw : shortest(new BigDecimal(number).round(DIGITS));
  }

  private static String shortest(BigDecimal number) {
    BigDecimal bare = number.stripTrailingZeros();
    boolean plain =
        bare.precision() - bare.scale() <= MOST_PLAIN_DIGITS && bare.scale() <= MOST_PLAIN_DIGITS;
    return plain ? bare.toPlainString() : bare.toString();
  }

  private String zeros(double number) {
    if (mask == null || number != Math.rint(number) || Math.abs(number) > 1e15) {
      return shortest(new BigDecimal(number).round(DIGITS));
    }
    String digits = String.valueOf(Math.abs((long) number));
    StringBuilder shown = new StringBuilder();
    int next = digits.length() - 1;
    int first = mask.indexOf('\0');
    for (int i = mask.length() - 1; i >= 0; i--) {
      if (mask.charAt(i) != 0) {
        shown.append(mask.charAt(i));
        continue;
      }
      shown.append(next >= 0 ? digits.charAt(next) : '0');
      next--;
      while (i == first && next >= 0) {
        shown.append(digits.charAt(next--));
      }
    }
    return (number < 0 ? "-" : "") + shown.reverse();
  }

  private static String duration(double days) {
    Duration time = Duration.ofMillis(Math.round(Math.abs(days) * 86_400_000 / 1000) * 1000);
    return String.format(
        Locale.ROOT,
        "%s%d:%02d:%02d",
        days < 0 ? "-" : "",
        time.toHours(),
        time.toMinutesPart(),
        time.toSecondsPart());
  }

  private String day(String raw, double serial, boolean from1904) {
    if (serial < 0 || serial >= LAST_SERIAL) {
      return plain(raw, serial);
    }
    long day = (long) Math.floor(serial);
    long seconds = Math.round((serial - day) * 86_400);
    if (kind == Kind.TIME && day == 0) {
      return SECONDS.format(LocalTime.ofSecondOfDay(Math.min(seconds, 86_399)));
    }
    // 1900 was no leap year, but day 60 is 1900-02-29 in every workbook.
    LocalDate start =
        from1904 ? LocalDate.of(1904, 1, 1) : LocalDate.of(1899, 12, serial < 60 ? 31 : 30);
    LocalDateTime time = start.plusDays(day).atStartOfDay().plusSeconds(seconds);
    return kind == Kind.DATE || time.toLocalTime().equals(LocalTime.MIDNIGHT)
        ? time.toLocalDate().toString()
        : time.toString();
  }
}

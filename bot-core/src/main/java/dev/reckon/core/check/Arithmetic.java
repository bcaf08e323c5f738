package dev.reckon.core.check;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.Optional;

/**
 * Computes a request that is only a calculation, such as {@code What is 17 * (3 + 4)?}, by itself,
 * exactly. A calculation with values of more than {@value #MOST_DIGITS} digits is left to others;
 * interrupting the thread ends it.
 */
final class Arithmetic {
  private static final MathContext PRECISION = MathContext.DECIMAL128;
  private static final int LONGEST = 200;
  private static final int LARGEST_EXPONENT = 2_000;

  /** Of any value on the way, before or after its point: far more than anybody reads. */
  private static final int MOST_DIGITS = 5_000;

  private static final String[] OPENINGS = {
    "please", "what is", "what's", "calculate", "compute", "evaluate", "how much is", "work out"
  };

  private final String text;
  private int at;

  private Arithmetic(String text) {
    this.text = text;
  }

  /** The value of the calculation that the request is; empty when it is anything else. */
  static Optional<BigDecimal> valueOf(String request) {
    String text = bare(request);
    if (text.length() > LONGEST || text.chars().noneMatch(c -> "+-*/^".indexOf(c) >= 0)) {
      return Optional.empty();
    }
    Arithmetic parser = new Arithmetic(text);
    try {
      BigDecimal value = parser.sum();
      return parser.at == text.length() ? Optional.of(value) : Optional.empty();
    } catch (ArithmeticException | NumberFormatException _) {
      return Optional.empty();
    }
  }

  private static String bare(String request) {
    String text = request.strip().toLowerCase(Locale.ROOT);
    for (String opening : OPENINGS) {
      text = text.startsWith(opening) ? text.substring(opening.length()).strip() : text;
    }
    int end = text.length();
    while (end > 0 && "?=. ".indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return text.substring(0, end)
        .replace("**", "^")
        .replace('×', '*')
        .replace('÷', '/')
        .replace(" ", "");
  }

  private BigDecimal sum() {
    BigDecimal value = product();
    while (at < text.length() && (peek('+') || peek('-'))) {
      char operator = text.charAt(at++);
      BigDecimal right = product();
      value = bounded(operator == '+' ? value.add(right) : value.subtract(right));
    }
    return value;
  }

  private BigDecimal product() {
    BigDecimal value = signed();
    while (at < text.length() && (peek('*') || peek('/'))) {
      char operator = text.charAt(at++);
      BigDecimal right = signed();
      value = bounded(operator == '*' ? value.multiply(right) : value.divide(right, PRECISION));
    }
    return value;
  }

  private BigDecimal signed() {
    if (peek('-')) {
      at++;
      return signed().negate();
    }
    return power();
  }

  private BigDecimal power() {
    BigDecimal base = atom();
    if (!peek('^')) {
      return base;
    }
    at++;
    int exponent = signed().intValueExact();
    long times = Math.abs((long) exponent);
    if (times > LARGEST_EXPONENT || size(base) * times > MOST_DIGITS) {
      throw new ArithmeticException("too large");
    }
    return bounded(
        exponent >= 0 ? base.pow(exponent) : BigDecimal.ONE.divide(base.pow(-exponent), PRECISION));
  }

  private static BigDecimal bounded(BigDecimal value) {
    if (size(value) > MOST_DIGITS || Thread.currentThread().isInterrupted()) {
      throw new ArithmeticException("too large");
    }
    return value;
  }

  /** Digits and places together. */
  private static long size(BigDecimal value) {
    return value.precision() + Math.abs((long) value.scale());
  }

  private BigDecimal atom() {
    if (peek('(')) {
      at++;
      BigDecimal value = sum();
      if (!peek(')')) {
        throw new NumberFormatException("no closing bracket");
      }
      at++;
      return value;
    }
    int from = at;
    while (at < text.length() && (Character.isDigit(text.charAt(at)) || peek('.'))) {
      at++;
    }
    return new BigDecimal(text.substring(from, at));
  }

  private boolean peek(char c) {
    return at < text.length() && text.charAt(at) == c;
  }
}

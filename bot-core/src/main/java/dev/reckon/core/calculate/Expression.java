package dev.reckon.core.calculate;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An arithmetic expression: numbers, operators, brackets and a few functions of Python's {@code
 * math} and {@code statistics}. It has no names of its own, no attributes and no text, so that it
 * can only compute.
 *
 * @param text as it was typed, without what stands around it
 * @param python the same in Python's signs
 */
public record Expression(String text, String python) {
  /** The longest text that is taken for an expression. */
  public static final int LONGEST = 200;

  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:(?<number>(?:\\d[\\d_]*\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?j?)"
              + "|(?<name>[A-Za-z_][A-Za-z_0-9]*)|(?<sign>\\*\\*|//|[-+*/%(),\\[\\]^×÷·−]))\\s*");

  private static final Set<String> FUNCTIONS =
      Set.of(
          "abs",
          "acos",
          "asin",
          "atan",
          "atan2",
          "cbrt",
          "ceil",
          "comb",
          "cos",
          "cosh",
          "degrees",
          "divmod",
          "exp",
          "factorial",
          "floor",
          "gcd",
          "hypot",
          "isqrt",
          "lcm",
          "log",
          "log10",
          "log2",
          "max",
          "mean",
          "median",
          "min",
          "perm",
          "pow",
          "prod",
          "radians",
          "round",
          "sin",
          "sinh",
          "sqrt",
          "stdev",
          "sum",
          "tan",
          "tanh",
          "variance");

  private static final Set<String> CONSTANTS = Set.of("e", "pi", "tau");

  /** The expression that a text is, if it is one and has something to compute. */
  public static Optional<Expression> of(String typed) {
    String text = typed.strip();
    text = text.endsWith("=") ? text.substring(0, text.length() - 1).strip() : text;
    if (text.isEmpty() || text.length() > LONGEST) {
      return Optional.empty();
    }
    StringBuilder python = new StringBuilder();
    Matcher token = TOKEN.matcher(text);
    boolean computes = false;
    boolean value = false;
    boolean after = false; // a value or a closing bracket ends here
    int depth = 0;
    int at = 0;
    while (at < text.length()) {
      if (!token.region(at, text.length()).lookingAt()) {
        return Optional.empty();
      }
      at = token.end();
      String name = token.group("name");
      String sign = token.group("sign");
      if (sign == null) {
        boolean function = FUNCTIONS.contains(name == null ? "" : name);
        if (after || (name != null && !function && !CONSTANTS.contains(name))) {
          return Optional.empty();
        }
        if (function && !text.substring(at).startsWith("(")) {
          return Optional.empty();
        }
        computes |= function;
        value = true;
        after = !function;
        python.append(name == null ? token.group("number") : name);
        continue;
      }
      depth += "([".contains(sign) ? 1 : ")]".contains(sign) ? -1 : 0;
      if (depth < 0 || ("[".equals(sign) && after) || ("(".equals(sign) && after)) {
        return Optional.empty();
      }
      computes |= !"()[],".contains(sign);
      after = ")]".contains(sign);
      python.append(inPython(sign));
    }
    boolean whole = depth == 0 && after && value && computes;
    return whole ? Optional.of(new Expression(text, python.toString())) : Optional.empty();
  }

  private static String inPython(String sign) {
    return switch (sign) {
      case "^" -> "**";
      case "×", "·" -> "*";
      case "÷" -> "/";
      case "−" -> "-";
      default -> sign;
    };
  }
}

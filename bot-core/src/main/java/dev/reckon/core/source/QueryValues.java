package dev.reckon.core.source;

import dev.reckon.core.source.DataQuery.BoundValue;
import dev.reckon.core.source.DataQuery.ValueType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The values of a program that its queries may use as {@code :name}: what it assigns once, at its
 * top level, as a plain literal. Linear in the program's length.
 */
final class QueryValues {
  private static final Pattern USE = Pattern.compile("(?<![:\\w]):([A-Za-z_]\\w*)");
  private static final Pattern ASSIGNMENT =
      Pattern.compile(
          "([A-Za-z_]\\w*+)[ \\t]*+(?::[ \\t]*+\\w++[ \\t]*+)?+=[ \\t]*+([^=].*)", Pattern.DOTALL);
  private static final Pattern NUMBER =
      Pattern.compile("-?(\\d{1,40})(\\.\\d{0,40})?([eE][+-]?\\d{1,4})?");
  private static final Pattern REST = Pattern.compile("[ \\t\\r]*+(?:#.*)?", Pattern.DOTALL);

  private final Map<String, List<String>> assigned;

  QueryValues(String code) {
    assigned =
        code.lines()
            .map(ASSIGNMENT::matcher)
            .filter(Matcher::matches)
            .collect(
                Collectors.groupingBy(
                    line -> line.group(1),
                    Collectors.mapping(line -> line.group(2), Collectors.toList())));
  }

  /** Those that some SQL names, each once; a name without a plain value is left out. */
  List<BoundValue> usedBy(String sql) {
    return USE.matcher(sql)
        .results()
        .map(use -> use.group(1))
        .distinct()
        .flatMap(name -> value(name).stream())
        .toList();
  }

  private Optional<BoundValue> value(String name) {
    List<String> written = assigned.getOrDefault(name, List.of());
    return written.size() == 1 ? literal(name, written.getFirst()) : Optional.empty();
  }

  private static Optional<BoundValue> literal(String name, String written) {
    char first = written.charAt(0);
    if (first == '"' || first == '\'') {
      return text(written).map(text -> new BoundValue(name, ValueType.TEXT, text));
    }
    int end = 0;
    while (end < written.length() && " \t\r#".indexOf(written.charAt(end)) < 0) {
      end++;
    }
    String word = written.substring(0, end);
    Matcher number = NUMBER.matcher(word);
    Optional<ValueType> type =
        number.matches()
            ? Optional.of(
                number.group(2) == null && number.group(3) == null
                    ? ValueType.INTEGER
                    : ValueType.NUMBER)
            : Stream.of("True", "False").anyMatch(word::equals)
                ? Optional.of(ValueType.BOOLEAN)
                : Optional.empty();
    return type.filter(_ -> REST.matcher(written.substring(word.length())).matches())
        .map(
            known ->
                new BoundValue(
                    name,
                    known,
                    known == ValueType.BOOLEAN ? word.toLowerCase(Locale.ROOT) : word));
  }

  /** A quoted text with the escapes that JSON and Python share; empty for what is not plain. */
  private static Optional<String> text(String written) {
    char quote = written.charAt(0);
    StringBuilder text = new StringBuilder();
    int at = 1;
    while (at < written.length() && written.charAt(at) != quote) {
      char c = written.charAt(at++);
      if (c != '\\') {
        text.append(c);
        continue;
      }
      if (at == written.length()) {
        return Optional.empty();
      }
      char escaped = written.charAt(at++);
      switch (escaped) {
        case '\\', '"', '\'' -> text.append(escaped);
        case 'n' -> text.append('\n');
        case 't' -> text.append('\t');
        case 'r' -> text.append('\r');
        case 'b' -> text.append('\b');
        case 'f' -> text.append('\f');
        case 'u' -> {
          if (at + 4 > written.length()
              || !written.substring(at, at + 4).matches("[0-9a-fA-F]{4}")) {
            return Optional.empty();
          }
          text.append((char) Integer.parseInt(written.substring(at, at + 4), 16));
          at += 4;
        }
        default -> {
          return Optional.empty();
        }
      }
    }
    boolean whole = at < written.length() && REST.matcher(written.substring(at + 1)).matches();
    return whole ? Optional.of(text.toString()) : Optional.empty();
  }
}

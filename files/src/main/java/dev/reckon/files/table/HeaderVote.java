package dev.reckon.files.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Whether a table's first record names its columns: each column has a vote. */
final class HeaderVote {
  private HeaderVote() {}

  /**
   * The records below a possible header. Tables that lie below one another repeat their header,
   * more or less: such records, if they are few, are none of the data.
   */
  private static List<List<String>> dataBelow(List<String> first, List<List<String>> below) {
    List<List<String>> all = new ArrayList<>();
    List<List<String>> data = new ArrayList<>();
    for (List<String> row : below) {
      if (TableShape.filled(row) > 0) {
        all.add(row);
        if (!repeats(first, row)) {
          data.add(row);
        }
      }
    }
    return (all.size() - data.size()) * 20 > all.size() ? all : data;
  }

  /** Whether three quarters of the values are those of the header. */
  private static boolean repeats(List<String> header, List<String> row) {
    int same = 0;
    for (int column = 0; column < Math.min(header.size(), row.size()); column++) {
      String value = header.get(column).strip();
      same += !value.isEmpty() && value.equals(row.get(column).strip()) ? 1 : 0;
    }
    return same * 4 >= TableShape.filled(header) * 3;
  }

  /** Whether the first record names columns rather than holding their values. */
  static boolean isHeader(List<List<String>> table, int width) {
    List<String> first = table.getFirst();
    List<List<String>> data = dataBelow(first, table.subList(1, table.size()));
    boolean years = areSteps(first);
    double score = 0;
    int text = 0;
    int typedNames = 0;
    for (int column = 0; column < Math.min(width, first.size()); column++) {
      String name = first.get(column).strip();
      ValueKind kind = ValueKind.of(name);
      if (name.isEmpty()) {
        continue;
      }
      text +=
          kind == ValueKind.TEXT || kind == ValueKind.NOTHING || kind == ValueKind.BOOLEAN ? 1 : 0;
      boolean step = years && kind != ValueKind.TEXT;
      typedNames += kind != ValueKind.TEXT && !step ? 1 : 0;
      score += step ? stepScore(name, data, column) : vote(name, kind, data, column);
    }
    if (data.isEmpty()) {
      return text == TableShape.filled(first) && text > 0;
    }
    if (score != 0) {
      return score > 0;
    }
    if (text == 0 || typedNames > 0) {
      return false;
    }
    return width > 1 ? text * 2 > width || distinct(first) : looksLikeName(first.getFirst(), data);
  }

  /**
   * Positive where the value above differs in kind from those below, negative where it is alike.
   */
  private static double vote(String name, ValueKind kind, List<List<String>> data, int column) {
    Map<ValueKind, Integer> kinds = new HashMap<>();
    int values = 0;
    int repeats = 0;
    int length = -1;
    boolean sameLength = true;
    Set<String> different = new HashSet<>();
    for (List<String> row : data) {
      if (column < row.size()) {
        String value = row.get(column).strip();
        ValueKind of = ValueKind.of(value);
        if (of != ValueKind.NOTHING) {
          kinds.merge(of, 1, Integer::sum);
          values++;
          repeats += value.equals(name) ? 1 : 0;
          different.add(value);
          sameLength &= length < 0 || value.length() == length;
          length = value.length();
        }
      }
    }
    if (values == 0) {
      return 0;
    }
    ValueKind usual = ValueKind.TEXT;
    int most = 0;
    for (Map.Entry<ValueKind, Integer> entry : kinds.entrySet()) {
      if (entry.getValue() > most) {
        usual = entry.getKey();
        most = entry.getValue();
      }
    }
    boolean agree = most >= values * 0.7;
    if (usual == ValueKind.TEXT || !agree) {
      if (repeats * 50 > values && kind != ValueKind.NOTHING) {
        return -1;
      }
      // Codes of one length, or a few words that come again and again, under a word of its own.
      boolean alike = values >= 3 && (sameLength || different.size() * 3 <= values);
      return kind == ValueKind.TEXT && alike && !(sameLength && name.length() == length) ? 0.4 : 0;
    }
    if (kind == usual) {
      return -1;
    }
    return kind == ValueKind.TEXT || kind == ValueKind.BOOLEAN
        ? 1
        : kind == ValueKind.NOTHING ? 0 : 0.3;
  }

  /** Years or numbered columns as names count where the data below is something else. */
  private static double stepScore(String name, List<List<String>> data, int column) {
    int alike = 0;
    int values = 0;
    for (List<String> row : data) {
      if (column < row.size() && !row.get(column).isBlank()) {
        values++;
        alike += isYear(row.get(column).strip()) == isYear(name) && isYear(name) ? 1 : 0;
      }
    }
    return values == 0 ? 0 : alike * 2 > values ? -1 : 1;
  }

  /** Whether the numbers among the names are years in order, or count up by one. */
  private static boolean areSteps(List<String> names) {
    int steps = 0;
    long last = Long.MIN_VALUE;
    boolean years = true;
    boolean up = true;
    int direction = 0;
    for (String name : names) {
      String value = name.strip();
      if (!isWhole(value)) {
        if (ValueKind.of(value) == ValueKind.NUMBER) {
          return false;
        }
        continue;
      }
      long n = Long.parseLong(value);
      if (last != Long.MIN_VALUE) {
        up &= n == last + 1;
        int way = Long.compare(n, last);
        if (way == 0 || (direction != 0 && way != direction)) {
          years = false;
        }
        direction = way;
      }
      years &= isYear(value);
      last = n;
      steps++;
    }
    return steps >= 2 && (years || (up && steps >= 3));
  }

  private static boolean isWhole(String value) {
    return !value.isEmpty()
        && value.length() <= 9
        && value.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  static boolean isYear(String value) {
    return value.length() == 4
        && isWhole(value)
        && (value.startsWith("19") || value.startsWith("20"));
  }

  private static boolean distinct(List<String> values) {
    return new HashSet<>(values).size() == values.size();
  }

  /**
   * For a single column of words: whether the first one is written in another way than the rest.
   */
  private static boolean looksLikeName(String first, List<List<String>> data) {
    String name = first.strip();
    if (name.length() > 40 || name.isEmpty()) {
      return false;
    }
    boolean lower = name.equals(name.toLowerCase(Locale.ROOT));
    boolean word = name.indexOf(' ') < 0;
    int other = 0;
    for (List<String> row : data) {
      String value = row.getFirst().strip();
      boolean valueLower = value.equals(value.toLowerCase(Locale.ROOT));
      other += (lower && !valueLower) || (word && value.indexOf(' ') >= 0) ? 1 : 0;
      if (value.equals(name)) {
        return false;
      }
    }
    return other * 2 > data.size();
  }
}

package dev.reckon.files.table;

import dev.reckon.files.limit.Excerpts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where a table begins and what its header is, by its first records.
 *
 * @param width the usual number of values in a row
 * @param recordsBefore records before the table, blank ones included
 * @param headerRecords records of the header from there on, blank ones between them included; 0
 *     without a header
 * @param names of the columns, one for each column in the width; empty without a header
 */
record TableShape(int width, int recordsBefore, int headerRecords, List<String> names) {
  private static final int MOST_BEFORE = 60;
  private static final int MOST_HEADER_RECORDS = 4;
  private static final int LONGEST_NAME = 300;

  /**
   * Finds it.
   *
   * @param rows the first records
   * @param width the usual number of values, by the dialect's detection
   */
  static TableShape of(List<List<String>> rows, int width) {
    int filled = usuallyFilled(rows, width);
    int first = firstRow(rows, width, filled);
    List<List<String>> table = rows.subList(first, rows.size());
    int header = headerRecords(table, width);
    List<String> names = header == 0 ? List.of() : names(table.subList(0, header), width);
    return new TableShape(width, first, header, names);
  }

  /** How many values a row usually has that are not blank: the median of the rows with any. */
  private static int usuallyFilled(List<List<String>> rows, int width) {
    int[] counts = new int[width + 1];
    int all = 0;
    for (List<String> row : rows) {
      int filled = filled(row);
      if (filled > 0 && row.size() >= Math.min(2, width)) {
        counts[Math.min(filled, width)]++;
        all++;
      }
    }
    int seen = 0;
    for (int i = 0; i < counts.length; i++) {
      seen += counts[i];
      if (seen * 2 >= all && seen > 0) {
        return i;
      }
    }
    return 1;
  }

  private static int firstRow(List<List<String>> rows, int width, int filled) {
    int most = Math.min(rows.size(), MOST_BEFORE);
    for (int i = 0; i < most; i++) {
      List<String> next = i + 1 < rows.size() ? rows.get(i + 1) : List.of();
      if (belongs(rows.get(i), next, width, filled) || isGroups(rows.get(i), next, width, filled)) {
        return i;
      }
    }
    int first = 0;
    while (first < most && filled(rows.get(first)) == 0) {
      first++;
    }
    return first == most ? 0 : first;
  }

  /** Whether a record has as many values as a row or a header of this table. */
  private static boolean belongs(List<String> row, List<String> next, int width, int usual) {
    int filled = filled(row);
    if (width == 1) {
      return filled == 1;
    }
    if (row.size() == width) {
      return filled >= Math.max(2, (usual + 1) / 2) || (filled >= 2 && usual <= 2);
    }
    // An index column may have no name at all, and a row may have one value too many.
    boolean near = row.size() == width - 1 || (row.size() == width + 1 && width > 3);
    return near && next.size() == width && filled == row.size() && areShort(row);
  }

  /** Whether a record holds names of groups of columns, with the columns' names in the next one. */
  private static boolean isGroups(List<String> row, List<String> next, int width, int usual) {
    if (row.size() != width || next.size() != width || filled(row) < 2 || filled(next) < usual) {
      return false;
    }
    boolean gap = false;
    boolean filledAfterGap = false;
    for (int column = 0; column < width; column++) {
      gap |= row.get(column).isBlank();
      filledAfterGap |= gap && !row.get(column).isBlank();
      if (ValueKind.of(next.get(column).strip()) == ValueKind.NUMBER) {
        return false;
      }
    }
    return filledAfterGap;
  }

  private static boolean areShort(List<String> row) {
    for (String value : row) {
      if (value.length() > 40) {
        return false;
      }
    }
    return true;
  }

  private static int headerRecords(List<List<String>> table, int width) {
    if (table.isEmpty() || !isHeader(table, width)) {
      return 0;
    }
    int records = 1;
    // Names may take several records: groups above, names below them, units below the names.
    for (int i = 1; i < Math.min(table.size(), MOST_HEADER_RECORDS); i++) {
      List<String> row = table.get(i);
      if (filled(row) == 0) {
        continue;
      }
      if (!continuesHeader(table.subList(0, records), row, table, i, width)) {
        break;
      }
      records = i + 1;
    }
    return records;
  }

  private static boolean continuesHeader(
      List<List<String>> above, List<String> row, List<List<String>> table, int index, int width) {
    if (index + 1 >= table.size() || filled(row) < 2) {
      return false;
    }
    boolean fillsGaps = true;
    int gaps = 0;
    for (int column = 0; column < Math.min(width, row.size()); column++) {
      String value = row.get(column).strip();
      if (value.isEmpty()) {
        continue;
      }
      ValueKind kind = ValueKind.of(value);
      if ((kind == ValueKind.NUMBER && !isYear(value))
          || (kind == ValueKind.DATE && value.length() > 8)) {
        return false;
      }
      String over = column < above.getLast().size() ? above.getLast().get(column).strip() : "";
      fillsGaps &= over.isEmpty() || (column + 1 < width && isGap(above, column + 1));
      gaps += over.isEmpty() ? 1 : 0;
    }
    if (fillsGaps && gaps > 0) {
      return true;
    }
    // A second row of words is a header where the first left columns without a name and what
    // follows is of another kind.
    boolean someGap = false;
    for (int column = 0; column < width; column++) {
      someGap |= isGap(above, column);
    }
    return someGap && differing(table, index, width) * 2 > filled(row);
  }

  private static boolean isGap(List<List<String>> above, int column) {
    for (List<String> row : above) {
      if (column < row.size() && !row.get(column).isBlank()) {
        return false;
      }
    }
    return true;
  }

  /** How many columns hold numbers or dates below a record that has words there. */
  private static int differing(List<List<String>> table, int index, int width) {
    int differing = 0;
    for (int column = 0; column < width; column++) {
      int typed = 0;
      int values = 0;
      for (List<String> row : table.subList(index + 1, Math.min(table.size(), index + 50))) {
        if (column < row.size()) {
          ValueKind kind = ValueKind.of(row.get(column).strip());
          values += kind == ValueKind.NOTHING ? 0 : 1;
          typed += kind == ValueKind.TEXT || kind == ValueKind.NOTHING ? 0 : 1;
        }
      }
      differing += values > 0 && typed * 2 > values ? 1 : 0;
    }
    return differing;
  }

  /**
   * The records below a possible header. Tables that lie below one another repeat their header,
   * more or less: such records, if they are few, are none of the data.
   */
  private static List<List<String>> dataBelow(List<String> first, List<List<String>> below) {
    List<List<String>> all = new ArrayList<>();
    List<List<String>> data = new ArrayList<>();
    for (List<String> row : below) {
      if (filled(row) > 0) {
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
    return same * 4 >= filled(header) * 3;
  }

  /** Whether the first record names columns rather than holding their values. */
  private static boolean isHeader(List<List<String>> table, int width) {
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
      return text == filled(first) && text > 0;
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

  private static boolean isYear(String value) {
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
    boolean lower = name.equals(name.toLowerCase(java.util.Locale.ROOT));
    boolean word = name.indexOf(' ') < 0;
    int other = 0;
    for (List<String> row : data) {
      String value = row.getFirst().strip();
      boolean valueLower = value.equals(value.toLowerCase(java.util.Locale.ROOT));
      other += (lower && !valueLower) || (word && value.indexOf(' ') >= 0) ? 1 : 0;
      if (value.equals(name)) {
        return false;
      }
    }
    return other * 2 > data.size();
  }

  private static List<String> names(List<List<String>> header, int width) {
    List<String> names = new ArrayList<>();
    String group = "";
    for (int column = 0; column < width; column++) {
      List<String> parts = new ArrayList<>();
      boolean below = false;
      for (List<String> row : header.subList(1, header.size())) {
        below |= column < row.size() && !row.get(column).isBlank();
      }
      String top = column < header.getFirst().size() ? header.getFirst().get(column).strip() : "";
      if (!top.isEmpty()) {
        group = top;
      }
      // A group's name stands over the first of its columns only.
      if (below ? !group.isEmpty() : !top.isEmpty()) {
        parts.add(below ? group : top);
      }
      for (List<String> row : header.subList(1, header.size())) {
        if (column < row.size() && !row.get(column).isBlank()) {
          parts.add(row.get(column).strip());
        }
      }
      String name = String.join(" / ", parts);
      names.add(Excerpts.cut(name, LONGEST_NAME));
    }
    return names;
  }

  static int filled(List<String> row) {
    int filled = 0;
    for (String value : row) {
      filled += value.isBlank() ? 0 : 1;
    }
    return filled;
  }
}

package dev.reckon.files.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds out how a table is written, by trying every candidate on the same lines and scoring what
 * comes out: how many rows have the same width, and how well the values of each column agree in
 * type. Both are needed, since a wrong delimiter often gives equal widths, and a right one ragged
 * rows.
 *
 * <p>The measures follow van den Burg, Nazábal and Sutton, "Wrangling Messy CSV Files by Detecting
 * Row and Type Patterns" (2019), and the sniffer of DuckDB, which looks at columns instead of
 * cells.
 */
public final class DialectDetector {
  private static final int SAMPLE_CHARACTERS = 64 * 1024;
  private static final int SAMPLE_ROWS = 300;
  private static final int SAMPLE_COLUMNS = 400;
  private static final String DELIMITERS = ",;\t|:~^\u0001 ";

  /** How usual a delimiter is: decides between candidates that cut equally well. */
  private static final Map<Character, Double> USUAL =
      Map.of(
          ',', 1.0, ';', 1.0, '\t', 1.0, '|', 0.98, ':', 0.6, '~', 0.8, '^', 0.8, '\u0001', 1.0,
          ' ', 0.72);

  /** A single column is never uneven, so it has to score better than any delimiter. */
  private static final double ONE_COLUMN = 0.62;

  private static final double TEXT = 0.6;
  private static final double TEXT_WITH_DELIMITERS = 0.25;
  private static final double NOTHING = 0.75;

  private DialectDetector() {}

  /**
   * What was found.
   *
   * @param score from 0 to 1; comparable between texts, not a probability
   * @param width the usual number of values in a row
   */
  public record Detected(Dialect dialect, double score, int width) {}

  /** The dialect of a text; one with delimiter 0 when it has a single column. */
  public static Detected detect(String text) {
    char told = separatorLine(text);
    String sample = sample(text);
    List<Dialect> candidates = candidates(sample, told);
    Detected best = new Detected(new Dialect('\0', '"', '\0', '\0'), 0, 1);
    for (Dialect candidate : candidates) {
      Detected scored = score(sample, candidate);
      if (scored.score > best.score) {
        best = scored;
      }
    }
    return new Detected(best.dialect.withComment(comment(sample, best)), best.score, best.width);
  }

  /** The delimiter that Excel's first line {@code sep=;} names, 0 without such a line. */
  public static char separatorLine(String text) {
    boolean named = text.length() > 5 && text.regionMatches(true, 0, "sep=", 0, 4);
    return named && (text.charAt(5) == '\n' || text.charAt(5) == '\r') ? text.charAt(4) : 0;
  }

  private static String sample(String text) {
    int start = separatorLine(text) == 0 ? 0 : text.indexOf('\n') + 1;
    if (text.length() - start <= SAMPLE_CHARACTERS) {
      return text.substring(start);
    }
    int end = start + SAMPLE_CHARACTERS;
    int line = Math.max(text.lastIndexOf('\n', end), text.lastIndexOf('\r', end));
    return text.substring(start, line > start ? line + 1 : end);
  }

  private static List<Dialect> candidates(String sample, char told) {
    List<Dialect> candidates = new ArrayList<>();
    List<Character> quotes = new ArrayList<>(List.of('"'));
    if (quotesValues(sample, '\'')) {
      quotes.add('\'');
    }
    List<Character> escapes = new ArrayList<>(List.of('\0'));
    if (sample.contains("\\\"") || sample.contains("\\'")) {
      escapes.add('\\');
    }
    for (char quote : quotes) {
      for (char escape : escapes) {
        if (told != 0) {
          candidates.add(new Dialect(told, quote, escape, '\0'));
          continue;
        }
        for (int i = 0; i < DELIMITERS.length(); i++) {
          char delimiter = DELIMITERS.charAt(i);
          if (sample.indexOf(delimiter) >= 0) {
            candidates.add(new Dialect(delimiter, quote, escape, '\0'));
            if (escape == 0 && sample.indexOf('\\') >= 0 && sample.contains("\\" + delimiter)) {
              candidates.add(new Dialect(delimiter, quote, '\\', '\0'));
            }
          }
        }
        candidates.add(new Dialect('\0', quote, escape, '\0'));
      }
    }
    return candidates;
  }

  /**
   * Whether values stand between these quotes: after a line's start or a delimiter, several times.
   */
  private static boolean quotesValues(String sample, char quote) {
    int begin = 0;
    int end = 0;
    for (int i = sample.indexOf(quote); i >= 0; i = sample.indexOf(quote, i + 1)) {
      begin += i == 0 || "\n\r,;\t|".indexOf(sample.charAt(i - 1)) >= 0 ? 1 : 0;
      end += i + 1 == sample.length() || "\n\r,;\t|".indexOf(sample.charAt(i + 1)) >= 0 ? 1 : 0;
    }
    return begin >= 2 && end >= 2;
  }

  private static Detected score(String sample, Dialect dialect) {
    RecordScanner scanner = new RecordScanner(sample, dialect, SAMPLE_COLUMNS);
    Map<Integer, Integer> widths = new HashMap<>();
    List<List<String>> rows = new ArrayList<>();
    int stray = 0;
    int quoted = 0;
    while (rows.size() < SAMPLE_ROWS && scanner.next()) {
      if (isBlank(scanner.values())) {
        continue;
      }
      rows.add(List.copyOf(scanner.values()));
      widths.merge(Math.min(scanner.width(), SAMPLE_COLUMNS), 1, Integer::sum);
      stray += scanner.strayQuotes();
      quoted += scanner.quotedValues();
    }
    if (rows.isEmpty()) {
      return new Detected(dialect, 0, 1);
    }
    int width = usualWidth(widths);
    if (width == 1 && dialect.delimiter() != 0) {
      return new Detected(dialect, 0, 1);
    }
    double types = typeScore(rows, width, dialect);
    double score = types * consistency(rows, width);
    score *= dialect.delimiter() == 0 ? ONE_COLUMN : Math.pow(1 - 1.0 / width, 0.25);
    score *= USUAL.getOrDefault(dialect.delimiter(), 1.0);
    score *= Math.pow(0.9, Math.min(20, 20.0 * stray / Math.max(1, rows.size())));
    score *= dialect.quote() == '\'' && quoted == 0 ? 0.5 : 1;
    score *= dialect.escape() == 0 ? 1 : 0.999; // only where it helps
    if (dialect.delimiter() == 0 && isDecimalCommaColumn(rows)) {
      score = Math.max(score, 0.99);
    }
    return new Detected(dialect, score, width);
  }

  /** The width that most values stand in: rows of titles and notes have few. */
  private static int usualWidth(Map<Integer, Integer> widths) {
    int best = 1;
    double most = 0;
    for (Map.Entry<Integer, Integer> entry : widths.entrySet()) {
      int width = entry.getKey();
      double weight = entry.getValue() * (width - 1 + 0.001) / width;
      if (weight > most || (weight == most && width > best)) {
        best = width;
        most = weight;
      }
    }
    return best;
  }

  /**
   * The share of rows with the usual width. A row that only lacks its last values counts half, and
   * lines before and after the table count a little, since titles and notes are usual.
   */
  private static double consistency(List<List<String>> rows, int width) {
    int first = 0;
    while (first < rows.size() && rows.get(first).size() != width) {
      first++;
    }
    int last = rows.size() - 1;
    while (last > first && rows.get(last).size() != width) {
      last--;
    }
    double good = 0;
    double all = 0;
    for (int i = 0; i < rows.size(); i++) {
      int size = rows.get(i).size();
      boolean around = (i < first || i > last) && size <= Math.max(1, width / 2);
      double weight = around ? 0.3 : 1;
      all += weight;
      good +=
          size == width ? weight : size > 1 && size < width && size > width / 2 ? weight / 2 : 0;
    }
    double share = good / all;
    return share * share;
  }

  /** How well the values of each column agree, from 0 to 1, the mean of all columns. */
  private static double typeScore(List<List<String>> rows, int width, Dialect dialect) {
    double sum = 0;
    for (int column = 0; column < width; column++) {
      KindCounts counts = new KindCounts();
      int values = 0;
      int withDelimiters = 0;
      for (List<String> row : rows) {
        if (row.size() == width) {
          String value = row.get(column).strip();
          ValueKind kind = ValueKind.of(value);
          counts.add(kind);
          values++;
          withDelimiters += kind == ValueKind.TEXT && holdsDelimiters(value, dialect) ? 1 : 0;
        }
      }
      sum += columnScore(counts, values, withDelimiters);
    }
    return sum / width;
  }

  private static double columnScore(KindCounts counts, int values, int withDelimiters) {
    long real = counts.values();
    if (real == 0) {
      return NOTHING;
    }
    long nothing = values - real;
    long text = counts.of(ValueKind.TEXT);
    long most = counts.mostTyped();
    long mixed = real - text - most;
    double score =
        most + mixed * 0.5 + (text - withDelimiters) * TEXT + withDelimiters * TEXT_WITH_DELIMITERS;
    double agreement = (double) Math.max(most, text) / real;
    return score / real * (0.7 + 0.3 * agreement) * (real + nothing * NOTHING) / values;
  }

  /** A value that still holds delimiters looks as if it should have been cut. */
  private static boolean holdsDelimiters(String value, Dialect dialect) {
    int found = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c == ';' || c == '\t' || c == '|' || c == '"' || c == '\u0001')
          && c != dialect.delimiter()) {
        return true;
      }
      found += c == ',' && dialect.delimiter() != ',' ? 1 : 0;
    }
    return found > 1;
  }

  /** A column of numbers like 1,5 under a header without a comma is not two columns. */
  private static boolean isDecimalCommaColumn(List<List<String>> rows) {
    if (rows.size() < 3 || rows.getFirst().getFirst().indexOf(',') >= 0) {
      return false;
    }
    for (List<String> row : rows.subList(1, rows.size())) {
      NumberNotation form = NumberNotation.of(row.getFirst().strip());
      if (form == null || (form.decimal() == '.' && row.getFirst().indexOf(',') < 0)) {
        return false;
      }
    }
    return true;
  }

  /** The sign of lines that are notes, where such lines would be no rows of the table. */
  private static char comment(String sample, Detected found) {
    char sign = 0;
    boolean rowSeen = false;
    RecordScanner scanner = new RecordScanner(sample, found.dialect, SAMPLE_COLUMNS);
    while (scanner.next()) {
      if (scanner.values().isEmpty() || scanner.values().getFirst().isEmpty()) {
        rowSeen |= scanner.width() == found.width;
        continue;
      }
      String first = scanner.values().getFirst();
      boolean sharp = first.charAt(0) == '#' && scanner.quotedValues() == 0;
      if (sharp && scanner.width() == found.width && found.width > 1) {
        // Notes may happen to hold delimiters, a header or a row may begin with the sign.
        if (rowSeen || sign == 0) {
          return 0;
        }
      }
      if (sharp && (scanner.width() != found.width || first.startsWith("# "))) {
        sign = '#';
      }
      rowSeen |= !sharp && scanner.width() == found.width;
    }
    return sign;
  }

  private static boolean isBlank(List<String> values) {
    for (String value : values) {
      if (!value.isBlank()) {
        return false;
      }
    }
    return true;
  }
}

package dev.reckon.core.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Profiles text that is a table of delimited values. */
public final class TableProfile {
  private static final List<Character> DELIMITERS = List.of(',', ';', '\t', '|');
  private static final int PROBE = 50;
  private static final int LINE = 200;

  private TableProfile() {}

  /**
   * The profile, or empty when the text is no table.
   *
   * @param named whether the file's name says that it is one
   * @param rows how many values and lines to show; 0 shows none
   */
  static Optional<FileProfile> of(
      String name, long bytes, String text, String encoding, boolean named, int rows) {
    char delimiter = delimiter(text);
    if (delimiter == 0 && !named) {
      return Optional.empty();
    }
    char used = delimiter == 0 ? ',' : delimiter;
    try (CSVParser parser = CSVParser.parse(text, format(used))) {
      return Optional.of(profile(name, bytes, text, encoding, used, parser, rows));
    } catch (IOException | UncheckedIOException | IllegalStateException e) {
      return Optional.empty(); // quotes that never end, and the like: shown as text
    }
  }

  private static FileProfile profile(
      String name,
      long bytes,
      String text,
      String encoding,
      char delimiter,
      CSVParser parser,
      int rows) {
    Iterator<CSVRecord> records = parser.iterator();
    List<String> first = records.hasNext() ? values(records.next()) : List.of();
    boolean header = isHeader(first);
    List<ColumnTally> tallies = new ArrayList<>();
    for (int i = 0; i < first.size(); i++) {
      tallies.add(new ColumnTally(header ? first.get(i) : String.valueOf(i + 1), rows));
    }
    long count = 0;
    long ragged = 0;
    if (!header && !first.isEmpty()) {
      see(tallies, first);
      count++;
    }
    while (records.hasNext()) {
      List<String> record = values(records.next());
      ragged += record.size() == first.size() ? 0 : 1;
      see(tallies, record);
      count++;
    }
    List<String> facts = new ArrayList<>();
    facts.add("encoding " + encoding);
    facts.add("delimiter " + words(delimiter));
    facts.add(header ? "first line is the header" : "the first line is no header");
    facts.add(count + (header ? " rows after the header" : " rows"));
    facts.add(first.size() + " columns");
    if (ragged > 0) {
      facts.add(ragged + " rows have another number of values");
    }
    return new FileProfile(
        name,
        bytes,
        delimiter == '\t' ? "table with tabs" : "CSV table",
        facts,
        tallies.stream().map(ColumnTally::column).toList(),
        rows == 0 ? List.of() : FileProfiles.lines(text, rows + (header ? 1 : 0), LINE));
  }

  private static void see(List<ColumnTally> tallies, List<String> record) {
    for (int i = 0; i < tallies.size(); i++) {
      if (i < record.size()) {
        tallies.get(i).see(record.get(i));
      } else {
        tallies.get(i).seeNothing();
      }
    }
  }

  private static List<String> values(CSVRecord record) {
    return record.toList();
  }

  /** Different words, hardly one empty, and no number among them. */
  private static boolean isHeader(List<String> first) {
    return !first.isEmpty()
        && first.stream().noneMatch(value -> ColumnTally.isNumber(value.strip()))
        && first.stream().filter(String::isBlank).count() <= 1
        && new HashSet<>(first).size() == first.size();
  }

  /** The delimiter that cuts the first lines into equally many values, most of them; 0 for none. */
  private static char delimiter(String text) {
    char best = 0;
    double bestScore = 0;
    for (char candidate : DELIMITERS) {
      double score = score(text, candidate);
      if (score > bestScore) {
        best = candidate;
        bestScore = score;
      }
    }
    return best;
  }

  private static double score(String text, char delimiter) {
    List<Integer> widths = new ArrayList<>();
    try (CSVParser parser = CSVParser.parse(text, format(delimiter))) {
      Iterator<CSVRecord> records = parser.iterator();
      while (records.hasNext() && widths.size() < PROBE) {
        widths.add(records.next().size());
      }
    } catch (IOException | UncheckedIOException | IllegalStateException e) {
      return 0;
    }
    if (widths.isEmpty() || widths.getFirst() < 2) {
      return 0;
    }
    int width = widths.getFirst();
    long same = widths.stream().filter(w -> w == width).count();
    double share = (double) same / widths.size();
    return share < 0.7 || widths.size() < 2 ? 0 : share * 100 + Math.min(width, 50);
  }

  private static CSVFormat format(char delimiter) {
    return CSVFormat.DEFAULT
        .builder()
        .setDelimiter(delimiter)
        .setLenientEof(true)
        .setTrailingData(true)
        .get();
  }

  private static String words(char delimiter) {
    return switch (delimiter) {
      case '\t' -> "tab";
      case ';' -> "semicolon";
      case '|' -> "vertical bar";
      default -> "comma";
    };
  }
}

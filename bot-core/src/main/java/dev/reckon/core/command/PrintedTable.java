package dev.reckon.core.command;

import dev.reckon.core.message.Block;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the tables in a program's output: lines of one number of cells, under a line of names.
 * Whatever is not surely a table stays text, since a wrong table is harder to read than none.
 */
final class PrintedTable {
  private static final int FEWEST_ROWS = 2;
  private static final int MOST_COLUMNS = 20;
  private static final int LONGEST_NAME = 40;

  private static final Pattern NAME = Pattern.compile("[\\p{L}_#%][\\p{L}\\p{N}_ %()€$£#./'-]*");
  private static final String RULES = "|+:=─━┼-";
  private static final Pattern GAP = Pattern.compile(" {2,}|\t");

  /** The ways in which programs print cells, the surest first. */
  private static final List<Function<String, List<String>>> WAYS =
      List.of(
          PrintedTable::piped,
          line -> split(line, "\t"),
          line -> split(line, ";"),
          PrintedTable::commas,
          line -> stripped(Arrays.stream(GAP.split(line.strip(), -1))));

  private PrintedTable() {}

  /** A part of an output: lines that are text so far, or a table. */
  private sealed interface Part {
    record Lines(List<String> lines) implements Part {}

    record Found(Block.Table table) implements Part {}
  }

  /** The output as blocks in its own order: text, and the tables that there are. */
  static List<Block> in(String output) {
    List<Part> parts = List.of(new Part.Lines(output.lines().toList()));
    for (Function<String, List<String>> way : WAYS) {
      List<Part> finer = new ArrayList<>();
      for (Part part : parts) {
        switch (part) {
          case Part.Found found -> finer.add(found);
          case Part.Lines(List<String> lines) -> split(lines, way, finer);
        }
      }
      parts = finer;
    }
    if (parts.stream().noneMatch(Part.Found.class::isInstance)) {
      return List.of(new Block.Output(output, 0));
    }
    return parts.stream().flatMap(PrintedTable::block).toList();
  }

  /** Adds the tables that are printed in one way, and the lines between them. */
  private static void split(
      List<String> lines, Function<String, List<String>> way, List<Part> parts) {
    Runs runs = new Runs(lines, way);
    int begin = 0;
    int at = 0;
    while (at < lines.size()) {
      if (runs.isTable(at) && isHeader(way.apply(lines.get(at)))) {
        int end = runs.end(at + 1);
        parts.add(new Part.Lines(lines.subList(begin, at)));
        parts.add(
            new Part.Found(
                new Block.Table(way.apply(lines.get(at)), rows(lines, at + 1, end, way))));
        begin = end;
        at = end;
      } else {
        at++;
      }
    }
    parts.add(new Part.Lines(lines.subList(begin, lines.size())));
  }

  private static Stream<Block> block(Part part) {
    return switch (part) {
      case Part.Found(Block.Table table) -> Stream.of(table);
      case Part.Lines(List<String> lines) -> {
        String text = String.join("\n", lines);
        yield text.isBlank() ? Stream.empty() : Stream.of(new Block.Output(text, 0));
      }
    };
  }

  private static boolean isHeader(List<String> header) {
    return header.stream().allMatch(PrintedTable::isName);
  }

  /**
   * For each line what the lines from there on have in common, read from the last line to the
   * first, so that every line is looked at once.
   */
  private static final class Runs {
    private static final int RULE = -1;

    /** How many cells a line has. */
    private final int[] width;

    /** Where the run of lines of one width ends that begins at a line; rules belong to any run. */
    private final int[] end;

    private final int[] rows;

    /** The columns that hold numbers in every row of the run, as bits. */
    private final int[] numbers;

    Runs(List<String> lines, Function<String, List<String>> way) {
      int size = lines.size();
      width = new int[size];
      end = new int[size + 1];
      rows = new int[size + 1];
      numbers = new int[size + 1];
      end[size] = size;
      int next = size; // the next line that is no rule
      for (int at = size - 1; at >= 0; at--) {
        String line = lines.get(at);
        if (isRule(line)) {
          width[at] = RULE;
          end[at] = end[at + 1];
          rows[at] = rows[at + 1];
          numbers[at] = numbers[at + 1];
        } else {
          List<String> cells = way.apply(line);
          width[at] = cells.size();
          boolean same = next < size && width[next] == width[at];
          end[at] = same ? end[next] : next;
          rows[at] = same ? rows[next] + 1 : 1;
          numbers[at] = numberBits(cells) & (same ? numbers[next] : -1);
          next = at;
        }
      }
    }

    private static int numberBits(List<String> cells) {
      int bits = 0;
      for (int column = 0; column < Math.min(cells.size(), MOST_COLUMNS); column++) {
        bits |= isNumber(cells.get(column)) ? 1 << column : 0;
      }
      return bits;
    }

    /** Where the rows end that begin at a line or after its rules. */
    int end(int from) {
      return end[from];
    }

    /** Whether enough rows of a line's width follow it, with a column of numbers. */
    boolean isTable(int header) {
      if (width[header] < 2 || width[header] > MOST_COLUMNS) {
        return false;
      }
      int first = header + 1;
      while (first < width.length && width[first] == RULE) {
        first++;
      }
      return first < width.length
          && width[first] == width[header]
          && rows[first] >= FEWEST_ROWS
          && numbers[first] != 0;
    }
  }

  private static List<List<String>> rows(
      List<String> lines, int from, int to, Function<String, List<String>> way) {
    return lines.subList(from, to).stream().filter(line -> !isRule(line)).map(way).toList();
  }

  private static List<String> piped(String line) {
    String row = line.strip();
    if (!row.contains("|")) {
      return List.of(row);
    }
    row = row.startsWith("|") ? row.substring(1) : row;
    row = row.endsWith("|") ? row.substring(0, row.length() - 1) : row;
    return split(row, "|");
  }

  /**
   * As CSV has them: a comma with a space after it belongs to a sentence, one in quotes to a cell.
   */
  private static List<String> commas(String line) {
    return line.contains(", ") || line.contains("\"") ? List.of(line) : split(line, ",");
  }

  private static List<String> split(String line, String mark) {
    return stripped(Arrays.stream(line.split(Pattern.quote(mark), -1)));
  }

  private static List<String> stripped(Stream<String> cells) {
    return cells.map(String::strip).toList();
  }

  /** Signs between a header and its rows, a hyphen among them. */
  private static boolean isRule(String line) {
    boolean hyphen = false;
    for (int at = 0; at < line.length(); at++) {
      char c = line.charAt(at);
      hyphen = hyphen || c == '-';
      if (RULES.indexOf(c) < 0 && !Character.isWhitespace(c)) {
        return false;
      }
    }
    return hyphen;
  }

  private static boolean isName(String cell) {
    return cell.length() <= LONGEST_NAME && NAME.matcher(cell).matches();
  }

  private static boolean isNumber(String cell) {
    String bare = cell.replaceAll("[%€$£,_ ]", "");
    return !bare.isEmpty()
        && bare.chars().allMatch(c -> "0123456789.+-eE".indexOf(c) >= 0)
        && bare.chars().anyMatch(Character::isDigit);
  }
}

package dev.reckon.core.command;

import dev.reckon.core.message.Block;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the table in what a program printed: lines of one number of cells, under a line of names.
 * Whatever is not surely a table stays text, since a wrong table is harder to read than none.
 */
final class PrintedTable {
  private static final int FEWEST_ROWS = 2;
  private static final int MOST_ROWS = 50;
  private static final int MOST_COLUMNS = 12;
  private static final int LONGEST_NAME = 40;

  private static final Pattern NAME = Pattern.compile("[\\p{L}_#%][\\p{L}\\p{N}_ %()€$£#./'-]*");
  private static final Pattern RULE = Pattern.compile("[\\s|+:=─━┼-]*-[\\s|+:=─━┼-]*");
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

  /** The output as blocks in its own order: text, and the first table that there is. */
  static List<Block> in(String output) {
    List<String> lines = output.lines().toList();
    for (Function<String, List<String>> way : WAYS) {
      for (int from = 0; from < lines.size(); from++) {
        int to = end(lines, from, way);
        if (to > from) {
          return blocks(lines, from, to, way);
        }
      }
    }
    return List.of(new Block.Output(output, 0));
  }

  /** Where the table ends that begins at a line, or that line where none does. */
  private static int end(List<String> lines, int from, Function<String, List<String>> way) {
    List<String> header = way.apply(lines.get(from));
    if (header.size() < 2
        || header.size() > MOST_COLUMNS
        || !header.stream().allMatch(PrintedTable::isName)) {
      return from;
    }
    int to = from + 1;
    int rows = 0;
    while (to < lines.size()) {
      String line = lines.get(to);
      boolean rule = !line.isBlank() && RULE.matcher(line).matches();
      if (!rule && way.apply(line).size() != header.size()) {
        break;
      }
      rows += rule ? 0 : 1;
      to++;
    }
    return rows >= FEWEST_ROWS && rows <= MOST_ROWS && hasNumbers(lines, from, to, way) ? to : from;
  }

  /** A column of numbers tells a table from lines that happen to look alike. */
  private static boolean hasNumbers(
      List<String> lines, int from, int to, Function<String, List<String>> way) {
    List<List<String>> rows = rows(lines, from + 1, to, way);
    for (int column = 0; column < rows.getFirst().size(); column++) {
      int at = column;
      if (rows.stream().allMatch(row -> isNumber(row.get(at)))) {
        return true;
      }
    }
    return false;
  }

  private static List<Block> blocks(
      List<String> lines, int from, int to, Function<String, List<String>> way) {
    List<Block> blocks = new ArrayList<>();
    text(lines.subList(0, from), blocks);
    blocks.add(new Block.Table(way.apply(lines.get(from)), rows(lines, from + 1, to, way)));
    text(lines.subList(to, lines.size()), blocks);
    return blocks;
  }

  private static List<List<String>> rows(
      List<String> lines, int from, int to, Function<String, List<String>> way) {
    return lines.subList(from, to).stream()
        .filter(line -> !RULE.matcher(line).matches())
        .map(way)
        .toList();
  }

  private static void text(List<String> lines, List<Block> blocks) {
    String text = String.join("\n", lines);
    if (!text.isBlank()) {
      blocks.add(new Block.Output(text, 0));
    }
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

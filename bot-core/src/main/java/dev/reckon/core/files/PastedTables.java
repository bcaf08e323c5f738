package dev.reckon.core.files;

import dev.reckon.core.message.Attachment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Finds tables that were pasted into a message: columns of tabs, commas, semicolons, bars or
 * blanks, three rows and two columns at least. Each becomes a file, so that no model has to copy
 * it; the text says where it stood. Work is linear in the text.
 */
public final class PastedTables {
  /** A message with more tables keeps the rest of them in its text. */
  private static final int MOST_TABLES = 5;

  private static final int LEAST_ROWS = 3;
  private static final int LONGEST_CELL = 200;
  private static final Set<String> DATA_FENCES =
      Set.of("", "csv", "tsv", "text", "txt", "plain", "plaintext", "markdown", "md", "table");

  /** The ways in which columns are kept apart; what is tried first counts first. */
  private enum Form {
    MARKDOWN,
    TABS,
    BARS,
    SEMICOLONS,
    COMMAS,
    ALIGNED
  }

  private final List<String> lines;
  private final StringBuilder text = new StringBuilder();
  private final List<Attachment> tables = new ArrayList<>();

  /** Up to which line a form was tried without success, so that no line is tried over and over. */
  private final Map<Form, Integer> tried = new HashMap<>();

  private PastedTables(String text) {
    this.lines = text.lines().toList();
  }

  /**
   * What a message comes to.
   *
   * @param text without the tables
   * @param tables in CSV, in order; empty when there is none, and the text is as it was
   */
  public record Found(String text, List<Attachment> tables) {
    public Found {
      tables = List.copyOf(tables);
    }
  }

  /** Takes the tables out of a text. Code in fences stays where it is. */
  public static Found in(String text) {
    PastedTables search = new PastedTables(text);
    search.run();
    return search.tables.isEmpty()
        ? new Found(text, List.of())
        : new Found(search.text.toString().strip(), search.tables);
  }

  private void run() {
    int at = 0;
    while (at < lines.size()) {
      at = lines.get(at).strip().startsWith("```") ? fence(at) : plain(at);
    }
  }

  /** Returns the line after what was dealt with. */
  private int plain(int at) {
    Block block = tables.size() < MOST_TABLES ? blockAt(at, lines.size()) : Block.NONE;
    if (block.rows().isEmpty()) {
      text.append(lines.get(at)).append('\n');
      return at + 1;
    }
    take(block);
    return block.end();
  }

  /** A fence goes when a table fills it, and stays with what is in it otherwise. */
  private int fence(int at) {
    int end = at + 1;
    while (end < lines.size() && !lines.get(end).strip().startsWith("```")) {
      end++;
    }
    int after = Math.min(end + 1, lines.size());
    String language = lines.get(at).strip().substring(3).strip().toLowerCase(Locale.ROOT);
    if (DATA_FENCES.contains(language) && tables.size() < MOST_TABLES && at + 1 < end) {
      Block block = blockAt(at + 1, end);
      if (block.end() == end) {
        take(block);
        return after;
      }
    }
    lines.subList(at, after).forEach(line -> text.append(line).append('\n'));
    return after;
  }

  private void take(Block block) {
    String name = tables.isEmpty() ? "pasted.csv" : "pasted-" + (tables.size() + 1) + ".csv";
    StringBuilder csv = new StringBuilder();
    for (List<String> row : block.rows()) {
      csv.append(String.join(",", row.stream().map(PastedTables::quoted).toList())).append('\n');
    }
    tables.add(new Attachment.Inline(name, csv.toString().getBytes(StandardCharsets.UTF_8)));
    text.append("(The table that stood here is in the file ").append(name).append(".)\n");
  }

  private static String quoted(String cell) {
    return cell.contains(",") || cell.contains("\"")
        ? '"' + cell.replace("\"", "\"\"") + '"'
        : cell;
  }

  /**
   * Rows that belong together.
   *
   * @param end the line after the last of them
   */
  private record Block(List<List<String>> rows, int end) {
    static final Block NONE = new Block(List.of(), -1);
  }

  private Block blockAt(int from, int to) {
    for (Form form : Form.values()) {
      if (tried.getOrDefault(form, 0) > from) {
        continue;
      }
      Block block = rows(form, from, to);
      if (block.rows().size() >= LEAST_ROWS && isTable(form, block.rows())) {
        return block;
      }
      tried.put(form, block.end());
    }
    return Block.NONE;
  }

  /** The rows of one form and one width from there on. */
  private Block rows(Form form, int from, int to) {
    List<List<String>> rows = new ArrayList<>();
    int width = 0;
    int at = from;
    for (; at < to; at++) {
      String line = lines.get(at);
      List<String> cells = isProse(form, line) ? List.of() : cells(form, line);
      if (!rows.isEmpty() && (isRule(cells) || isDrawnRule(form, line))) {
        continue;
      }
      if (cells.size() < 2 || (width > 0 && cells.size() != width)) {
        break;
      }
      if (rows.size() > 1 && form != Form.MARKDOWN && form != Form.TABS) {
        if (hasNumber(rows.get(1)) && !hasNumber(cells)) {
          break; // a sentence after the table
        }
      }
      width = cells.size();
      rows.add(cells);
    }
    return new Block(rows, at);
  }

  /** Whether it ends as a sentence does. */
  private static boolean isProse(Form form, String line) {
    String end = line.stripTrailing();
    if (form == Form.MARKDOWN || form == Form.TABS || end.length() < 2) {
      return false;
    }
    char last = end.charAt(end.length() - 1);
    return ":?!".indexOf(last) >= 0
        || (last == '.' && Character.isLetter(end.charAt(end.length() - 2)));
  }

  private static boolean isTable(Form form, List<List<String>> rows) {
    return switch (form) {
      case MARKDOWN -> true;
      case TABS ->
          rows.stream().anyMatch(row -> row.stream().filter(c -> !c.isEmpty()).count() > 1);
      case BARS, SEMICOLONS, COMMAS, ALIGNED -> hasNumbers(rows) && !isCode(rows);
    };
  }

  /** Whether a column holds numbers or dates below its first row, and nothing else. */
  private static boolean hasNumbers(List<List<String>> rows) {
    for (int column = 0; column < rows.getFirst().size(); column++) {
      int at = column;
      List<String> values =
          rows.stream().skip(1).map(row -> row.get(at)).filter(cell -> !cell.isEmpty()).toList();
      if (values.size() > 1 && values.stream().allMatch(PastedTables::isNumber)) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasNumber(List<String> cells) {
    return cells.stream().anyMatch(cell -> cell.isEmpty() || isNumber(cell));
  }

  private static boolean isNumber(String cell) {
    return cell.length() <= 40
        && cell.chars().anyMatch(Character::isDigit)
        && cell.chars().filter(Character::isLetter).count() <= 3
        && cell.chars().noneMatch(c -> "()[]{}=".indexOf(c) >= 0);
  }

  private static boolean isCode(List<List<String>> rows) {
    return rows.stream()
        .flatMap(List::stream)
        .anyMatch(
            cell ->
                cell.length() > LONGEST_CELL
                    || cell.chars().anyMatch(c -> "[]{}=".indexOf(c) >= 0));
  }

  /** The line below a header. */
  private static boolean isRule(List<String> cells) {
    return !cells.isEmpty()
        && cells.stream()
            .allMatch(
                cell -> !cell.isEmpty() && cell.chars().allMatch(c -> "-=:+".indexOf(c) >= 0));
  }

  /** A line of a frame that is drawn around and between rows. */
  private static boolean isDrawnRule(Form form, String line) {
    String rule = line.strip();
    return form == Form.MARKDOWN
        && rule.length() > 2
        && rule.chars().allMatch(c -> (c >= 0x2500 && c < 0x2580) || "+-=".indexOf(c) >= 0);
  }

  private static List<String> cells(Form form, String line) {
    String stripped =
        form == Form.MARKDOWN ? line.strip().replace('│', '|').replace('║', '|') : line.strip();
    return switch (form) {
      case MARKDOWN ->
          stripped.length() > 2 && stripped.startsWith("|") && stripped.endsWith("|")
              ? split(stripped.substring(1, stripped.length() - 1), '|')
              : List.of();
      case TABS -> line.indexOf('\t') >= 0 ? split(line, '\t') : List.of();
      case BARS -> stripped.contains(" | ") ? split(stripped, '|') : List.of();
      case SEMICOLONS -> split(stripped, ';');
      case COMMAS -> split(stripped, ',');
      case ALIGNED -> stripped.indexOf('\t') >= 0 ? List.of() : aligned(stripped);
    };
  }

  /** Quotes hold cells together where one begins with them; a backslash keeps a bar. */
  private static List<String> split(String line, char delimiter) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    boolean blank = true;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      boolean quotes = delimiter == ',' || delimiter == ';';
      if (quotes && c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        cell.append(c);
        i++;
      } else if (quotes && c == '"' && (quoted || blank)) {
        quoted = !quoted;
      } else if (c == '\\'
          && delimiter == '|'
          && i + 1 < line.length()
          && line.charAt(i + 1) == '|') {
        cell.append('|');
        i++;
      } else if (c == delimiter && !quoted) {
        cells.add(cell.toString().strip());
        cell.setLength(0);
        blank = true;
      } else {
        blank &= c == ' ';
        cell.append(c);
      }
    }
    cells.add(cell.toString().strip());
    return cells;
  }

  /** Cells that two blanks or more keep apart. */
  private static List<String> aligned(String line) {
    List<String> cells = new ArrayList<>();
    int from = 0;
    for (int at = line.indexOf("  "); at >= 0; at = line.indexOf("  ", from)) {
      cells.add(line.substring(from, at).strip());
      from = at;
      while (from < line.length() && line.charAt(from) == ' ') {
        from++;
      }
    }
    cells.add(line.substring(from).strip());
    return cells;
  }
}

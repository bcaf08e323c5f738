package dev.reckon.adapters.cli;

import dev.reckon.core.message.Block;
import dev.reckon.core.message.Language;
import dev.reckon.core.message.Reply;
import dev.reckon.core.surface.render.QueryLine;
import dev.reckon.core.surface.render.Sanitizer;
import dev.reckon.core.surface.render.TextTable;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** An answer in the formats that other programs take. */
final class AnswerText {
  /** What {@code ask --format} takes. */
  enum Format {
    /** The program's output and nothing else. */
    TEXT,
    /** The first table of the output. */
    CSV,
    /** The whole reply. */
    MARKDOWN,
    JSON
  }

  private AnswerText() {}

  /** The first table as CSV, or empty where the output has none. */
  static Optional<String> csv(Reply reply) {
    return reply.blocks().stream()
        .filter(Block.Table.class::isInstance)
        .map(Block.Table.class::cast)
        .findFirst()
        .map(TextTable::csv);
  }

  /** The reply as Markdown: the finding, the output, the status, the code. */
  static String markdown(Reply reply) {
    StringBuilder text = new StringBuilder();
    boolean said = false;
    for (Block block : reply.blocks()) {
      boolean rest = !(block instanceof Block.Finding || isResult(block));
      if (rest && !said) {
        text.append(line(reply.headline())).append("\n\n");
        said = true;
      }
      text.append(markdown(block, reply.language())).append("\n\n");
    }
    if (!said) {
      text.append(line(reply.headline())).append('\n');
    }
    return text.toString().strip();
  }

  private static boolean isResult(Block block) {
    return block instanceof Block.Output || block instanceof Block.Table;
  }

  private static String markdown(Block block, Language language) {
    return switch (block) {
      case Block.Finding(String text) -> "**" + line(text) + "**";
      case Block.Text(String text) -> Sanitizer.visible(text).strip();
      case Block.Output output -> fenced("", output.text());
      case Block.Table(List<String> header, List<List<String>> rows) -> table(header, rows);
      case Block.TableChart(Block.Table table) -> table(table.header(), table.rows());
      case Block.Code code -> fenced("python", code.source());
      case Block.Query query -> "_" + QueryLine.of(query, language) + "_";
      case Block.File file -> "📎 " + line(file.name());
      case Block.Chart chart ->
          "📎 " + line(chart.file().name()) + ": " + line(chart.description());
      case Block.Page(String address) -> address.startsWith("/") ? "" : address;
      case Block.Footer(String text) -> "_" + line(text) + "_";
    };
  }

  private static String line(String text) {
    return Sanitizer.oneLine(text).strip();
  }

  /** Behind a fence that is longer than any in the text. */
  private static String fenced(String language, String text) {
    String visible = Sanitizer.visible(text).stripTrailing();
    int longest = 2;
    int run = 0;
    for (int at = 0; at < visible.length(); at++) {
      run = visible.charAt(at) == '`' ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    String fence = "`".repeat(longest + 1);
    return fence + language + "\n" + visible + "\n" + fence;
  }

  private static String table(List<String> header, List<List<String>> rows) {
    String rule = header.stream().map(name -> "---").collect(Collectors.joining(" | ", "| ", " |"));
    return row(header)
        + "\n"
        + rule
        + rows.stream().map(row -> "\n" + row(row)).collect(Collectors.joining());
  }

  private static String row(List<String> cells) {
    return cells.stream()
        .map(cell -> line(cell).replace("\\", "\\\\").replace("|", "\\|"))
        .collect(Collectors.joining(" | ", "| ", " |"));
  }
}

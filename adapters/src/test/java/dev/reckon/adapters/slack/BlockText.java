package dev.reckon.adapters.slack;

import com.fasterxml.jackson.databind.JsonNode;

/** Reads blocks as a person would, in plain text. */
final class BlockText {
  private BlockText() {}

  static String of(JsonNode blocks) {
    StringBuilder text = new StringBuilder();
    for (JsonNode block : blocks) {
      switch (block.path("type").asText()) {
        case "rich_text" -> block.path("elements").forEach(e -> richText(e, text));
        case "table", "data_table" -> block.path("rows").forEach(row -> row(row, text));
        case "data_visualization" -> chart(block, text);
        case "plan" -> plan(block, text);
        case "section" -> {
          text.append(block.path("text").path("text").asText()).append('\n');
          if (block.has("accessory")) {
            button(block.path("accessory"), text.append("  "));
            text.append('\n');
          }
        }
        case "header" ->
            text.append("# ").append(block.path("text").path("text").asText()).append('\n');
        case "divider" -> text.append("---\n");
        case "context" ->
            block.path("elements").forEach(e -> text.append(e.path("text").asText()).append('\n'));
        case "actions" -> {
          block.path("elements").forEach(e -> button(e, text));
          text.append('\n');
        }
        default -> text.append(block).append('\n');
      }
    }
    return text.toString().stripTrailing();
  }

  private static void richText(JsonNode element, StringBuilder text) {
    String type = element.path("type").asText();
    text.append(type.equals("rich_text_quote") ? "> " : "");
    for (JsonNode part : element.path("elements")) {
      text.append(
          switch (part.path("type").asText()) {
            case "emoji" -> ":" + part.path("name").asText() + ":";
            case "user" -> "@" + part.path("user_id").asText();
            default -> part.path("text").asText();
          });
    }
    text.append('\n');
  }

  private static void chart(JsonNode block, StringBuilder text) {
    JsonNode chart = block.path("chart");
    text.append("( ").append(chart.path("type").asText()).append(" chart: ");
    text.append(block.path("title").asText()).append(" )\n");
    for (JsonNode series : chart.path("series")) {
      text.append("  ").append(series.path("name").asText()).append(':');
      for (JsonNode point : series.path("data")) {
        text.append(' ').append(point.path("label").asText());
        text.append('=').append(point.path("value").asText());
      }
      text.append('\n');
    }
  }

  private static void plan(JsonNode plan, StringBuilder text) {
    text.append("[ ").append(plan.path("title").asText()).append(" ]\n");
    for (JsonNode task : plan.path("tasks")) {
      String sign =
          switch (task.path("status").asText()) {
            case "complete" -> "✓";
            case "error" -> "✗";
            case "in_progress" -> "…";
            default -> "·";
          };
      text.append("  ").append(sign).append(' ').append(task.path("title").asText()).append('\n');
      if (task.has("output")) {
        text.append("      ").append(task.path("output").asText()).append('\n');
      }
    }
  }

  private static void row(JsonNode row, StringBuilder text) {
    for (JsonNode cell : row) {
      text.append("| ").append(cell.path("text").asText()).append(' ');
    }
    text.append("|\n");
  }

  private static void button(JsonNode element, StringBuilder text) {
    if (element.has("options")) {
      element.path("options").forEach(option -> button(option, text));
    } else {
      text.append('[').append(element.path("text").path("text").asText()).append("] ");
    }
  }
}

package dev.reckon.adapters.slack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** Draws messages as a web page that looks about as Slack does on a phone. */
final class ReplyPage {
  private static final Map<String, String> EMOJI =
      Map.ofEntries(
          Map.entry("hourglass_flowing_sand", "\u23f3"),
          Map.entry("white_check_mark", "\u2705"),
          Map.entry("warning", "\u26a0\ufe0f"),
          Map.entry("arrow_forward", "\u25b6\ufe0f"),
          Map.entry("x", "\u274c"),
          Map.entry("question", "\u2753"),
          Map.entry("information_source", "\u2139\ufe0f"),
          Map.entry("money_with_wings", "\ud83d\udcb8"),
          Map.entry("black_square_for_stop", "\u23f9\ufe0f"),
          Map.entry("electric_plug", "\ud83d\udd0c"),
          Map.entry("no_entry", "\u26d4"));

  private static final String HEAD =
      """
      <!doctype html><meta charset="utf-8"><title>Reckon's replies in Slack</title>
      <style>
      body{font:15px/1.46 Lato,"Noto Sans","DejaVu Sans","Noto Color Emoji",sans-serif;color:#1d1c1d;
        background:#e8e8e8;margin:16px;columns:3 380px;column-gap:16px}
      article{background:#fff;border-radius:8px;padding:12px 16px;margin:0 0 16px;break-inside:avoid}
      h2{font-size:12px;color:#616061;margin:0 0 6px;font-weight:normal}
      b.name{font-weight:900} .at{color:#616061;font-size:12px} .app{background:#ddd;font-size:10px;padding:0 3px}
      p{margin:2px 0;white-space:pre-wrap;overflow-wrap:anywhere}
      pre{background:#f8f8f8;border:1px solid #ddd;border-radius:4px;padding:8px;margin:4px 0;
        white-space:pre-wrap;overflow-wrap:anywhere;font:12px/1.5 Monaco,"DejaVu Sans Mono",monospace;max-height:260px;overflow:hidden}
      blockquote{border-left:4px solid #ddd;margin:2px 0;padding-left:10px}
      .context{color:#616061;font-size:12px;margin:3px 0;overflow-wrap:anywhere}
      .user{background:#fdf3d3;color:#1264a3;border-radius:3px;padding:0 2px}
      table{border-collapse:collapse;margin:4px 0;font-size:14px;display:block;overflow:auto;max-height:260px}
      td{border:1px solid #ddd;padding:3px 8px} tr:first-child{font-weight:bold}
      .actions{display:flex;flex-wrap:wrap;gap:8px;margin:8px 0 2px}
      .actions span{border:1px solid #bbb;border-radius:4px;padding:3px 10px;font-weight:bold;font-size:13px}
      .actions .danger{background:#e01e5a;color:#fff;border-color:#e01e5a}
      .actions .primary{background:#007a5a;color:#fff;border-color:#007a5a}
      </style>
      """;

  private final StringBuilder page = new StringBuilder(HEAD);

  void add(String title, JsonNode blocks) {
    page.append("<article><h2>").append(escaped(title)).append("</h2>");
    page.append("<b class=name>Reckon</b> <span class=app>APP</span>");
    blocks.forEach(this::block);
    page.append("</article>\n");
  }

  String html() {
    return page.toString();
  }

  private void block(JsonNode block) {
    switch (block.path("type").asText()) {
      case "rich_text" -> block.path("elements").forEach(this::richText);
      case "context" -> {
        page.append("<div class=context>");
        block.path("elements").forEach(e -> page.append(escaped(e.path("text").asText())));
        page.append("</div>");
      }
      case "table", "data_table" -> table(block);
      case "section" ->
          page.append("<p>")
              .append(escaped(block.path("text").path("text").asText()))
              .append("</p>");
      case "data_visualization" -> chart(block);
      case "actions" -> {
        page.append("<div class=actions>");
        block.path("elements").forEach(this::button);
        page.append("</div>");
      }
      default -> throw new IllegalArgumentException(block.toString());
    }
  }

  private void richText(JsonNode element) {
    String tag =
        switch (element.path("type").asText()) {
          case "rich_text_quote" -> "blockquote";
          case "rich_text_preformatted" -> "pre";
          default -> "p";
        };
    page.append('<').append(tag).append('>');
    for (JsonNode part : element.path("elements")) {
      String text = escaped(part.path("text").asText());
      page.append(
          switch (part.path("type").asText()) {
            case "emoji" -> EMOJI.getOrDefault(part.path("name").asText(), "?");
            case "link" ->
                "<a href=\"" + escaped(part.path("url").asText()) + "\">" + text + "</a>";
            case "user" ->
                "<span class=user>@" + escaped(part.path("user_id").asText()) + "</span>";
            default -> part.path("style").path("bold").asBoolean() ? "<b>" + text + "</b>" : text;
          });
    }
    page.append("</").append(tag).append('>');
  }

  /** Bars; of a line, its points. */
  private void chart(JsonNode block) {
    JsonNode chart = block.path("chart");
    double most = 0;
    for (JsonNode value : chart.findValues("value")) {
      most = Math.max(most, Math.abs(value.asDouble()));
    }
    boolean line = chart.path("type").asText().equals("line");
    page.append("<p><b>").append(escaped(block.path("title").asText())).append("</b></p>");
    page.append("<svg width=340 height=150>");
    JsonNode categories = chart.path("axis_config").path("categories");
    int series = chart.path("series").size();
    double step = 340.0 / categories.size();
    for (int category = 0; category < categories.size(); category++) {
      for (int one = 0; one < series; one++) {
        double value =
            chart.path("series").get(one).path("data").get(category).path("value").asDouble();
        double height = Math.abs(value) / most * 110;
        page.append(
            "<rect x=%.0f y=%.0f width=%.0f height=%.0f fill=\"%s\"/>"
                .formatted(
                    category * step + one * step * 0.8 / series,
                    120 - height,
                    line ? 4 : step * 0.8 / series,
                    line ? 4 : height,
                    one == 0 ? "#1264a3" : "#e8a33d"));
      }
      page.append(
          "<text x=%.0f y=140 font-size=10>%s</text>"
              .formatted(category * step, escaped(categories.get(category).asText())));
    }
    page.append("</svg><div class=context>");
    page.append(escaped(chart.path("axis_config").path("x_label").asText())).append("</div>");
  }

  private void table(JsonNode block) {
    page.append("<table>");
    for (JsonNode row : block.path("rows")) {
      page.append("<tr>");
      for (int column = 0; column < row.size(); column++) {
        String align = block.path("column_settings").path(column).path("align").asText("left");
        page.append("<td style=\"text-align:").append(align).append("\">");
        page.append(escaped(row.get(column).path("text").asText())).append("</td>");
      }
      page.append("</tr>");
    }
    page.append("</table>");
  }

  private void button(JsonNode element) {
    if (element.has("options")) {
      page.append("<span title=\"");
      element
          .path("options")
          .forEach(o -> page.append(escaped(o.path("text").path("text").asText())).append(" | "));
      page.append("\">\u22ee</span>");
    } else {
      page.append("<span class=\"").append(escaped(element.path("style").asText())).append("\">");
      page.append(escaped(element.path("text").path("text").asText())).append("</span>");
    }
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}

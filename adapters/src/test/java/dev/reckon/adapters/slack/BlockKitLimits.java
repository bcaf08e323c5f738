package dev.reckon.adapters.slack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Checks blocks and views against what Slack publishes in its Block Kit reference
 * (docs.slack.dev/reference/block-kit): known types, required fields, lengths and counts. Fields
 * that are not listed here count as mistakes, as do empty texts.
 */
final class BlockKitLimits {
  /** Above about 13,200 characters Slack answers {@code msg_blocks_too_long}. */
  private static final int MESSAGE_CHARACTERS = 13_200;

  private static final Map<String, Set<String>> FIELDS =
      Map.ofEntries(
          Map.entry("section", Set.of("text", "fields", "accessory")),
          Map.entry("header", Set.of("text")),
          Map.entry("image", Set.of("alt_text", "title", "slack_file", "image_url")),
          Map.entry("context", Set.of("elements")),
          Map.entry("actions", Set.of("elements")),
          Map.entry("divider", Set.of()),
          Map.entry("rich_text", Set.of("elements")),
          Map.entry("table", Set.of("rows", "column_settings")),
          Map.entry(
              "data_table", Set.of("rows", "caption", "page_size", "row_header_column_index")),
          Map.entry("raw_number", Set.of("value", "text")),
          Map.entry("data_visualization", Set.of("title", "chart")),
          Map.entry("pie", Set.of("segments")),
          Map.entry("bar", Set.of("series", "axis_config")),
          Map.entry("area", Set.of("series", "axis_config")),
          Map.entry("line", Set.of("series", "axis_config")),
          Map.entry("input", Set.of("label", "element", "optional", "hint", "dispatch_action")),
          Map.entry("button", Set.of("text", "action_id", "value", "style", "url", "confirm")),
          Map.entry("overflow", Set.of("action_id", "options", "confirm")),
          Map.entry(
              "plain_text_input",
              Set.of("action_id", "multiline", "initial_value", "placeholder", "max_length")),
          Map.entry("static_select", Set.of("action_id", "options", "placeholder")),
          Map.entry("file_input", Set.of("action_id", "max_files", "filetypes")),
          Map.entry("checkboxes", Set.of("action_id", "options")),
          Map.entry(
              "conversations_select",
              Set.of("action_id", "response_url_enabled", "filter", "placeholder")),
          Map.entry("rich_text_section", Set.of("elements")),
          Map.entry("rich_text_quote", Set.of("elements", "border")),
          Map.entry("rich_text_preformatted", Set.of("elements", "border", "language")),
          Map.entry("text", Set.of("text", "style")),
          Map.entry("emoji", Set.of("name")),
          Map.entry("user", Set.of("user_id")),
          Map.entry("raw_text", Set.of("text")),
          Map.entry("plain_text", Set.of("text", "emoji")),
          Map.entry("mrkdwn", Set.of("text", "verbatim")));

  private final List<String> mistakes = new ArrayList<>();
  private final Set<String> actionIds = new HashSet<>();
  private int characters;
  private int tables;
  private int charts;

  private final Function<String, FakeSlack.@Nullable FakeFile> files;

  private BlockKitLimits(Function<String, FakeSlack.@Nullable FakeFile> files) {
    this.files = files;
  }

  /** What is wrong with a message's blocks, which show no pictures. */
  static List<String> ofMessage(JsonNode blocks) {
    return ofMessage(blocks, id -> null);
  }

  /**
   * What is wrong with a message's blocks.
   *
   * @param files finds what image blocks may show
   */
  static List<String> ofMessage(
      JsonNode blocks, Function<String, FakeSlack.@Nullable FakeFile> files) {
    BlockKitLimits check = new BlockKitLimits(files);
    check.blocks(blocks, 50);
    check.that(
        check.characters <= MESSAGE_CHARACTERS, "message has " + check.characters + " characters");
    check.that(check.tables <= 1, "a message takes one table");
    check.that(check.charts <= 2, "a message takes two charts");
    return check.mistakes;
  }

  /** What is wrong with a home tab. */
  static List<String> ofHome(JsonNode view) {
    BlockKitLimits check = new BlockKitLimits(id -> null);
    check.that(view.path("type").asText().equals("home"), "type is not home");
    view.fieldNames()
        .forEachRemaining(
            name ->
                check.that(
                    Set.of("type", "blocks", "callback_id", "private_metadata").contains(name),
                    "a home tab has no " + name));
    check.length(view, "callback_id", 255);
    check.length(view, "private_metadata", 3_000);
    check.blocks(view.path("blocks"), 100);
    return check.mistakes;
  }

  /** What is wrong with a modal. */
  static List<String> ofView(JsonNode view) {
    BlockKitLimits check = new BlockKitLimits(id -> null);
    check.that(view.path("type").asText().equals("modal"), "type is not modal");
    for (String part : List.of("title", "submit", "close")) {
      if (view.has(part)) {
        check.text(view.get(part), 24);
        check.that(
            view.get(part).path("type").asText().equals("plain_text"), part + " must be plain");
      }
    }
    check.that(view.has("title"), "title is missing");
    check.length(view, "callback_id", 255);
    check.length(view, "private_metadata", 3_000);
    boolean hasInput = false;
    for (JsonNode block : view.path("blocks")) {
      hasInput |= block.path("type").asText().equals("input");
    }
    check.that(!hasInput || view.has("submit"), "a view with inputs needs submit");
    check.blocks(view.path("blocks"), 100);
    return check.mistakes;
  }

  private void blocks(JsonNode blocks, int most) {
    that(blocks.isArray() && !blocks.isEmpty(), "no blocks");
    that(blocks.size() <= most, blocks.size() + " blocks");
    Set<String> ids = new HashSet<>();
    for (JsonNode block : blocks) {
      length(block, "block_id", 255);
      that(
          !block.has("block_id") || ids.add(block.get("block_id").asText()),
          "block_id is not unique");
      block(block);
    }
  }

  private void block(JsonNode block) {
    known(
        block,
        Set.of(
            "section",
            "header",
            "context",
            "actions",
            "divider",
            "rich_text",
            "table",
            "data_table",
            "data_visualization",
            "input",
            "image"));
    switch (block.path("type").asText()) {
      case "section" -> {
        text(block.path("text"), 3_000);
        if (block.has("accessory")) {
          element(block.path("accessory"));
        }
      }
      case "header" -> text(block.path("text"), 150);
      case "image" -> image(block);
      case "context" -> each(block, "elements", 1, 10, element -> text(element, 2_000));
      case "actions" -> each(block, "elements", 1, 25, this::element);
      case "rich_text" -> each(block, "elements", 1, Integer.MAX_VALUE, this::richText);
      case "table" -> table(block);
      case "data_table" -> dataTable(block);
      case "data_visualization" -> chart(block);
      case "input" -> {
        text(block.path("label"), 2_000);
        element(block.path("element"));
      }
      default -> {}
    }
  }

  /** By id or by address, not by both; a picture that Slack has looked at. */
  private void image(JsonNode block) {
    int words = block.path("alt_text").asText().length();
    that(words >= 1 && words <= 2_000, "alt_text has " + words + " characters");
    JsonNode source = block.path("slack_file");
    that(source.has("id") && source.size() == 1, "an image is named by its id alone");
    FakeSlack.FakeFile file = files.apply(source.path("id").asText());
    that(file != null && file.ready() && file.isPicture(), "invalid slack file");
  }

  private void richText(JsonNode element) {
    known(element, Set.of("rich_text_section", "rich_text_quote", "rich_text_preformatted"));
    each(
        element,
        "elements",
        1,
        Integer.MAX_VALUE,
        part -> {
          known(part, Set.of("text", "emoji", "user", "link"));
          switch (part.path("type").asText()) {
            case "text" -> {
              that(!part.path("text").asText().isEmpty(), "empty text element");
              characters += part.path("text").asText().length();
            }
            case "emoji" -> that(part.path("name").asText().matches("[a-z0-9_+-]+"), "emoji name");
            case "user" -> that(part.path("user_id").asText().matches("[UW][A-Z0-9]+"), "user id");
            case "link" ->
                that(
                    part.path("url").asText().matches("https?://\\S{1,2900}"), "address of a link");
            default -> {}
          }
        });
  }

  private void table(JsonNode block) {
    tables++;
    JsonNode rows = block.path("rows");
    that(!rows.isEmpty() && rows.size() <= 100, rows.size() + " rows");
    int inTable = 0;
    for (JsonNode row : rows) {
      that(row.size() == rows.get(0).size(), "rows of different length");
      that(!row.isEmpty() && row.size() <= 20, row.size() + " columns");
      for (JsonNode cell : row) {
        known(cell, Set.of("raw_text"));
        that(!cell.path("text").asText().isEmpty(), "empty cell");
        inTable += cell.path("text").asText().length();
      }
    }
    that(inTable <= 10_000, "table has " + inTable + " characters");
    characters += inTable;
    that(block.path("column_settings").size() <= 20, "too many column settings");
    for (JsonNode setting : block.path("column_settings")) {
      that(
          Set.of("left", "center", "right").contains(setting.path("align").asText("left")),
          "align");
    }
  }

  /** 1 to 100 rows below a header of texts; numbers have a value and the text that is shown. */
  private void dataTable(JsonNode block) {
    tables++;
    that(!block.path("caption").asText().isBlank(), "a data table needs a caption");
    int page = block.path("page_size").asInt(5);
    that(page >= 1 && page <= 100, "page_size " + page);
    JsonNode rows = block.path("rows");
    that(rows.size() >= 2 && rows.size() <= 101, rows.size() + " rows");
    int inTable = 0;
    for (int row = 0; row < rows.size(); row++) {
      JsonNode cells = rows.get(row);
      that(cells.size() == rows.get(0).size(), "rows of different length");
      that(!cells.isEmpty() && cells.size() <= 20, cells.size() + " columns");
      for (JsonNode cell : cells) {
        known(cell, row == 0 ? Set.of("raw_text") : Set.of("raw_text", "raw_number"));
        that(!cell.path("text").asText().isEmpty(), "empty cell");
        that(
            !cell.path("type").asText().equals("raw_number") || cell.path("value").isNumber(),
            "a number without a value");
        inTable += cell.path("text").asText().length();
      }
    }
    that(inTable <= 10_000, "table has " + inTable + " characters");
    characters += inTable;
  }

  /** 1 to 6 series with one point for each category, in their order; names that differ. */
  private void chart(JsonNode block) {
    charts++;
    words(block.path("title"), 50);
    JsonNode chart = block.path("chart");
    known(chart, Set.of("pie", "bar", "area", "line"));
    if (chart.path("type").asText().equals("pie")) {
      each(
          chart,
          "segments",
          1,
          6,
          segment -> {
            words(segment.path("label"), 20);
            that(segment.path("value").asDouble() > 0, "a segment of nothing");
          });
      return;
    }
    JsonNode axes = chart.path("axis_config");
    axes.fieldNames()
        .forEachRemaining(
            name -> that(Set.of("categories", "x_label", "y_label").contains(name), name));
    List<String> categories = new ArrayList<>();
    axes.path("categories")
        .forEach(
            category -> {
              words(category, 20);
              categories.add(category.asText());
            });
    that(new HashSet<>(categories).size() == categories.size(), "categories are not unique");
    for (String label : List.of("x_label", "y_label")) {
      if (axes.has(label)) {
        words(axes.path(label), 50);
      }
    }
    Set<String> names = new HashSet<>();
    each(
        chart,
        "series",
        1,
        6,
        series -> {
          words(series.path("name"), 20);
          that(names.add(series.path("name").asText()), "series of the same name");
          List<String> labels = new ArrayList<>();
          each(
              series,
              "data",
              1,
              20,
              point -> {
                that(point.path("value").isNumber(), "a point without a value");
                labels.add(point.path("label").asText());
              });
          that(labels.equals(categories), "points " + labels + " for " + categories);
        });
  }

  private void words(JsonNode text, int most) {
    int length = text.asText().length();
    that(text.isTextual() && !text.asText().isBlank(), "text is missing");
    that(length <= most, length + " characters, at most " + most);
    characters += length;
  }

  private void element(JsonNode element) {
    known(
        element,
        Set.of(
            "button",
            "overflow",
            "plain_text_input",
            "file_input",
            "checkboxes",
            "static_select",
            "conversations_select"));
    length(element, "action_id", 255);
    that(actionIds.add(element.path("action_id").asText()), "action_id is not unique");
    switch (element.path("type").asText()) {
      case "button" -> {
        text(element.path("text"), 75);
        length(element, "value", 2_000);
        that(
            Set.of("", "primary", "danger").contains(element.path("style").asText()),
            "button style");
      }
      case "overflow" -> each(element, "options", 1, 5, this::option);
      case "checkboxes" -> each(element, "options", 1, 10, this::option);
      case "static_select" -> each(element, "options", 1, 100, this::option);
      case "plain_text_input" -> {
        length(element, "initial_value", 3_000);
        if (element.has("placeholder")) {
          text(element.get("placeholder"), 150);
        }
      }
      case "file_input" -> {
        int most = element.path("max_files").asInt(10);
        that(most >= 1 && most <= 10, "max_files");
      }
      default -> {}
    }
  }

  private void option(JsonNode option) {
    text(option.path("text"), 75);
    that(!option.path("value").asText().isEmpty(), "option without value");
    length(option, "value", 150);
  }

  private void text(JsonNode text, int most) {
    known(text, Set.of("plain_text", "mrkdwn"));
    int length = text.path("text").asText().length();
    that(length >= 1 && length <= most, "text of " + length + " characters, at most " + most);
    characters += length;
  }

  private void each(JsonNode parent, String field, int least, int most, Consumer<JsonNode> check) {
    int size = parent.path(field).size();
    that(size >= least && size <= most, field + " has " + size + " entries");
    parent.path(field).forEach(check);
  }

  private void known(JsonNode node, Set<String> types) {
    String type = node.path("type").asText();
    that(types.contains(type), "type " + type + " is not one of " + types);
    Set<String> fields = new HashSet<>(FIELDS.getOrDefault(type, Set.of()));
    fields.addAll(Set.of("type", "block_id"));
    node.fieldNames()
        .forEachRemaining(name -> that(fields.contains(name), type + " has no " + name));
  }

  private void length(JsonNode node, String field, int most) {
    int length = node.path(field).asText().length();
    that(length <= most, field + " has " + length + " characters, at most " + most);
  }

  private void that(boolean holds, String mistake) {
    if (!holds) {
      mistakes.add(mistake);
    }
  }
}

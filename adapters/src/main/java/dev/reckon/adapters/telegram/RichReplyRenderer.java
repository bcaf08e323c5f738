package dev.reckon.adapters.telegram;

import dev.reckon.adapters.telegram.Markup.Span;
import dev.reckon.adapters.telegram.Markup.Tag;
import dev.reckon.core.label.Label;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.Language;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Reply;
import dev.reckon.core.surface.render.DisplayPolicy;
import dev.reckon.core.surface.render.DisplayPolicy.Tables;
import dev.reckon.core.surface.render.ReplyLayout;
import dev.reckon.core.surface.render.ReplyLayout.Part;
import dev.reckon.core.surface.render.StatusSign;
import dev.reckon.core.surface.render.TextTable;
import java.util.List;
import java.util.Optional;

/**
 * Draws a reply with a table or code as one rich message: tables that Telegram lays out, and code
 * behind a line that opens it. Other replies gain nothing by it and stay as they are.
 */
final class RichReplyRenderer {
  /** The Bot API takes 32,768 characters in all, and 20 columns. */
  private static final int MESSAGE_LIMIT = 32_768;

  private static final Tables TABLES = new Tables(3, 60, 20, 12_000, 48);

  private static final DisplayPolicy POLICY = ReplyRenderer.policy(TABLES);

  private RichReplyRenderer() {}

  /** The reply as a rich message, if it has a form that gains by it. */
  static Optional<RenderedReply> render(Reply reply, Optional<Person> mention) {
    ReplyLayout layout = ReplyLayout.of(reply, POLICY, false);
    boolean gains =
        layout.parts().stream()
            .anyMatch(part -> part instanceof Part.Drawn || part instanceof Part.Code);
    if (!gains) {
      return Optional.empty();
    }
    StringBuilder html = new StringBuilder();
    mention
        .flatMap(ReplyRenderer::name)
        .ifPresent(name -> paragraph(html, "", Markup.html(List.of(name))));
    layout.parts().forEach(part -> draw(html, part, reply.language()));
    return html.length() > MESSAGE_LIMIT
        ? Optional.empty()
        : Optional.of(RenderedReply.rich(html.toString(), layout.uploads(), layout.buttons()));
  }

  /** What a chat is shown before it chooses. */
  static String sample() {
    StringBuilder html = new StringBuilder();
    table(
        html,
        new Block.Table(
            List.of("n", "2ⁿ"), List.of(List.of("10", "1024"), List.of("20", "1048576"))));
    return html.toString();
  }

  private static void draw(StringBuilder html, Part part, Language language) {
    switch (part) {
      case Part.Headline(Reply.Kind kind, String text) ->
          paragraph(html, StatusSign.of(kind), "<b>" + prose(text) + "</b>");
      case Part.Answer(String text) -> paragraph(html, "", "<b>" + prose(text) + "</b>");
      case Part.Status(Reply.Kind kind, String text) ->
          paragraph(html, StatusSign.of(kind), prose(text));
      case Part.Paragraph(String text) -> paragraph(html, "", prose(text));
      case Part.Box(String text) -> box(html, Tag.PRE, text);
      case Part.Grid(String text) -> box(html, Tag.PRE, text);
      case Part.Drawn(Block.Table table) -> table(html, table);
      case Part.TableChart(Block.Table table) -> table(html, table);
      case Part.Picture _ -> {} // a message of its own, which follows
      case Part.Code(String text) -> {
        String summary = Markup.escaped(Label.BUTTON_SHOW_CODE.in(language));
        html.append("<details><summary>").append(summary).append("</summary>");
        box(html, Tag.PYTHON, text);
        html.append("</details>");
      }
      case Part.Link(String text, String address) ->
          paragraph(html, "", Tag.link(address).open() + prose(text) + "</a>");
      case Part.Note(String text) -> paragraph(html, "", "<i>" + prose(text) + "</i>");
    }
  }

  private static String prose(String text) {
    return Markup.escaped(Markup.PROSE.text(text)).replace("\n", "<br>");
  }

  private static void paragraph(StringBuilder html, String sign, String content) {
    html.append("<p>");
    if (!sign.isEmpty()) {
      html.append(sign).append(' ');
    }
    html.append(content).append("</p>");
  }

  private static void box(StringBuilder html, Tag tag, String text) {
    html.append(Markup.html(List.of(new Span(List.of(tag), text))));
  }

  private static void table(StringBuilder html, Block.Table table) {
    TextTable text = TextTable.of(table);
    html.append("<table bordered striped>");
    row(html, table.header(), "th", table.header().size(), text);
    table.rows().forEach(row -> row(html, row, "td", table.header().size(), text));
    html.append("</table>");
  }

  private static void row(
      StringBuilder html, List<String> cells, String tag, int columns, TextTable table) {
    html.append("<tr>");
    for (int column = 0; column < columns; column++) {
      String align = table.isNumeric(column) ? " align=\"right\"" : "";
      html.append('<').append(tag).append(align).append('>');
      html.append(column < cells.size() ? prose(cells.get(column)) : "");
      html.append("</").append(tag).append('>');
    }
    html.append("</tr>");
  }
}

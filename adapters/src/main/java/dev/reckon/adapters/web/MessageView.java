package dev.reckon.adapters.web;

import dev.reckon.core.label.Amounts;
import dev.reckon.core.label.Label;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.Language;
import dev.reckon.core.message.Reply;
import dev.reckon.core.store.TurnRecord;
import dev.reckon.core.store.WebMessages.Answered;
import dev.reckon.core.store.WebMessages.Asked;
import dev.reckon.core.store.WebMessages.SentFile;
import dev.reckon.core.store.WebMessages.WebMessage;
import dev.reckon.core.surface.render.ReplyLayout;
import dev.reckon.core.surface.render.Sanitizer;
import dev.reckon.core.surface.render.Upload;
import dev.reckon.core.turn.Attempt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Draws messages of a conversation. Safe for use by any number of threads. */
final class MessageView {
  private static final String FENCE = "```";

  private final TurnReader turns;

  MessageView(TurnReader turns) {
    this.turns = turns;
  }

  /** One message, as this visitor sees it. */
  Element of(WebMessage message, Visitor visitor) {
    Element article =
        Html.el("article").attr("id", "m" + message.id()).attr("data-version", message.version());
    Asked asked = message.body().asked();
    if (asked != null) {
      return asked(article, asked);
    }
    Answered answered = message.body().answered();
    return answered == null ? article : answered(article, message.id(), answered, visitor);
  }

  private static Element asked(Element article, Asked asked) {
    article.attr("class", "asked").add(Html.el("h2", "unseen").text("You"));
    if (!asked.text().isBlank()) {
      article.add(said(Sanitizer.visible(asked.text())));
    }
    asked
        .files()
        .forEach(
            name ->
                article.add(Html.el("span", "chip").text("📎 " + Sanitizer.fileName(name, 100))));
    return article;
  }

  /** What was asked, with the code between fences as code. */
  static List<Html> said(String text) {
    List<Html> parts = new ArrayList<>();
    int from = 0;
    while (from < text.length()) {
      int open = text.indexOf(FENCE, from);
      int code = open < 0 ? -1 : text.indexOf('\n', open) + 1;
      int close = code <= 0 ? -1 : text.indexOf(FENCE, code);
      String before = text.substring(from, close < 0 ? text.length() : open);
      if (!before.isBlank()) {
        parts.add(Html.el("p", "said").text(before.strip()));
      }
      if (close < 0) {
        break;
      }
      parts.add(CodeView.box(text.substring(code, close).stripTrailing()));
      from = close + FENCE.length();
    }
    return parts;
  }

  private Element answered(Element article, long id, Answered answered, Visitor visitor) {
    Reply reply = answered.reply();
    ReplyLayout layout = WebDisplay.layout(reply);
    article
        .attr("class", "answered " + kind(reply.kind()))
        .attr("data-turn", reply.turn())
        .add(Html.el("h2", "unseen").text("Reckon"));
    if (answered.mention().equals(visitor.person().id())) {
      article.attr("data-mention", "you");
    }
    Optional<TurnRecord> turn =
        reply.turn() > 0 ? turns.find(reply.turn(), visitor.person()) : Optional.empty();
    Map<String, SentFile> sent = new HashMap<>();
    answered.sent().forEach(file -> sent.put(file.key(), file));
    List<Attempt> failed =
        reply.kind() == Reply.Kind.WORKING ? turns.failed(reply.turn()) : List.of();
    List<Html> below = new ArrayList<>();
    MessageTables tables = new MessageTables(reply, turn);
    for (ReplyLayout.Part part : layout.parts()) {
      if (!failed.isEmpty() && part instanceof ReplyLayout.Part.Note) {
        continue; // the note on the last failure, which the list of attempts says with its code
      }
      if (part instanceof ReplyLayout.Part.Note note
          && tables.isWholeAfterAll(note.text(), layout)) {
        continue;
      }
      Html drawn =
          part instanceof ReplyLayout.Part.Drawn table
              ? tables.next(table.table())
              : part(part, layout, sent, id, reply);
      if (part instanceof ReplyLayout.Part.Code) {
        below.add(drawn);
      } else {
        article.add(drawn);
      }
    }
    article.add(files(layout, sent, id));
    article.add(AttemptView.live(failed)).add(below);
    turn.map(TurnRecord::result)
        .ifPresent(result -> article.add(AttemptView.checked(result), AttemptView.of(result)));
    return article.add(MessageButtons.of(layout.buttons(), turn));
  }

  private static Html part(
      ReplyLayout.Part part, ReplyLayout layout, Map<String, SentFile> sent, long id, Reply reply) {
    return switch (part) {
      case ReplyLayout.Part.Headline it -> status("headline", it.kind(), it.text());
      case ReplyLayout.Part.Answer it -> Html.el("p", "answer").text(it.text());
      case ReplyLayout.Part.Status it -> status("status", it.kind(), it.text());
      case ReplyLayout.Part.Paragraph it -> Html.el("p", "said").text(it.text());
      case ReplyLayout.Part.Box it -> Html.el("pre", "output").attr("tabindex", 0).text(it.text());
      case ReplyLayout.Part.Grid it -> Html.el("pre", "output").attr("tabindex", 0).text(it.text());
      case ReplyLayout.Part.Drawn it -> new TableView(it.table(), "Result").whole();
      case ReplyLayout.Part.TableChart it -> new TableView(it.table(), "Result").whole();
      case ReplyLayout.Part.Picture it -> picture(it, layout, sent, id);
      case ReplyLayout.Part.Code it -> code(it.text(), reply);
      case ReplyLayout.Part.Link _ -> Html.none(); // the buttons have it
      case ReplyLayout.Part.Note it -> note(it.text(), layout);
    };
  }

  private static Element status(String name, Reply.Kind kind, String text) {
    Element line = Html.el("p", name);
    line.add(Icons.of(kind));
    return line.text(text);
  }

  private static Html note(String text, ReplyLayout layout) {
    // The link to the file says the same.
    boolean isFile =
        layout.uploads().stream()
            .anyMatch(
                upload ->
                    upload instanceof Upload.Stored(Block.File file)
                        && says(text, upload.name(), file.bytes()));
    return isFile ? Html.none() : Html.el("p", "note").text(text);
  }

  /** Whether a note names a file and its size, in any language. */
  private static boolean says(String note, String name, long bytes) {
    return Arrays.stream(Language.values())
        .anyMatch(one -> note.equals(Label.FILE.in(one, name, Amounts.size(bytes, one))));
  }

  private static Html picture(
      ReplyLayout.Part.Picture part, ReplyLayout layout, Map<String, SentFile> sent, long id) {
    Upload.Picture picture = part.upload();
    SentFile file = sent.get(picture.key());
    if (file == null || file.form() != SentFile.Form.PICTURE) {
      return Html.none();
    }
    String address = address(id, layout.uploads().indexOf(picture), picture.name());
    return Html.el("figure")
        .add(
            Html.el("a")
                .attr("href", address)
                .add(
                    Html.el("img")
                        .attr("src", address)
                        .attr("alt", picture.caption())
                        .attr("width", picture.width())
                        .attr("height", picture.height())),
            Html.el("figcaption").text(picture.caption()));
  }

  private static Html code(String source, Reply reply) {
    Element details =
        Html.el("details", "code-of").flag("open", !isAnswer(reply.kind()) && reply.turn() == 0);
    details.add(
        Html.el("summary").text("Code"),
        CodeView.box(source),
        Html.el("p", "tools").add(button("Copy", "copy")));
    return details;
  }

  private static boolean isAnswer(Reply.Kind kind) {
    return switch (kind) {
      case VERIFIED, PLAIN_YES, UNVERIFIED, NOT_JUDGED, FAILED -> true;
      default -> false;
    };
  }

  private static Html files(ReplyLayout layout, Map<String, SentFile> sent, long id) {
    List<Html> links = new ArrayList<>();
    for (int i = 0; i < layout.uploads().size(); i++) {
      Upload upload = layout.uploads().get(i);
      SentFile file = sent.get(upload.key());
      if (file != null) {
        links.add(
            file.form() == SentFile.Form.NOTE
                ? Html.el("span", "note").text(file.note())
                : Html.el("a", "chip")
                    .attr("href", address(id, i, upload.name()) + "?save")
                    .attr("download", upload.name())
                    .text(upload.name()));
      }
    }
    return links.isEmpty() ? Html.none() : Html.el("p", "files").add(links);
  }

  /** Where a file of a message is. */
  private static String address(long message, int position, String name) {
    return "/m/%d/%d/%s".formatted(message, position, Addresses.segment(name));
  }

  /** A button that a script of the page gives its meaning. */
  static Element button(String label, String does) {
    return Html.el("button", "tool").attr("type", "button").attr("data-does", does).text(label);
  }

  /** The class of a kind of reply, for style sheets. */
  static String kind(Reply.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

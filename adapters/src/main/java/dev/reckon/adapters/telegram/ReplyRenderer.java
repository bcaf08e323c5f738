package dev.reckon.adapters.telegram;

import dev.reckon.core.message.Block;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Turns replies into messages: status first, output in a box, code folded away, a quiet last line.
 * What would make a message unreadably long goes along as a file, with its beginning inline.
 */
final class ReplyRenderer {
  /** Telegram's limit for a message, in UTF-16 units after the tags are taken out. */
  static final int MESSAGE_LIMIT = 4096;

  /** Beyond that many messages for one reply a file is easier to read. */
  private static final int MAX_TEXTS = 4;

  private static final int LABEL_ROOM = 16;
  private static final int INLINE_UNITS = 2500;
  private static final int INLINE_LINES = 40;
  private static final int HEAD_UNITS = 1000;
  private static final int HEAD_LINES = 12;
  private static final int CODE_UNITS = 3000;

  private ReplyRenderer() {}

  /** Renders a reply; the same reply always gives the same messages. */
  static Rendered render(Reply reply, Optional<Person> mention) {
    List<Span> spans = new ArrayList<>();
    List<Upload> uploads = new ArrayList<>();
    mention.ifPresent(person -> name(spans, person));
    headline(spans, reply);
    for (Block block : reply.blocks()) {
      block(spans, uploads, block);
    }
    List<List<Span>> texts = Splitter.split(spans, MESSAGE_LIMIT - LABEL_ROOM);
    if (texts.size() > MAX_TEXTS) {
      uploads.addFirst(new Upload.Written("reply.txt", Html.plain(spans)));
      texts = List.of(endingWith(texts.getFirst(), "… the whole reply is in reply.txt"));
    }
    return new Rendered(numbered(texts), uploads, reply.actions());
  }

  private static void name(List<Span> spans, Person person) {
    String id = person.id().substring(person.id().lastIndexOf('/') + 1);
    if (id.chars().allMatch(Character::isDigit)) {
      String name = Clean.prose(person.name()).strip();
      spans.add(new Span(List.of(Tag.mention(Long.parseLong(id))), name.isEmpty() ? "You" : name));
      spans.add(Span.plain(", "));
    }
  }

  private static void headline(List<Span> spans, Reply reply) {
    String sign = sign(reply.kind());
    if (!sign.isEmpty()) {
      spans.add(Span.plain(sign + " "));
    }
    String headline = Clean.prose(reply.headline()).strip();
    spans.add(new Span(List.of(Tag.BOLD), headline.isEmpty() ? "Reckon" : headline));
  }

  private static String sign(Reply.Kind kind) {
    return switch (kind) {
      case WORKING -> "⏳";
      case VERIFIED -> "✅";
      case PLAIN_YES -> "☑️";
      case UNVERIFIED -> "⚠️";
      case NOT_JUDGED -> "▶️";
      case FAILED -> "❌";
      case ASKED -> "❓";
      case DECLINED -> "🙅";
      case OVER_BUDGET -> "💸";
      case CANCELLED -> "⏹";
      case MODEL_ERROR -> "🔌";
      case REFUSED -> "⛔";
      case NOTICE -> "";
    };
  }

  private static void block(List<Span> spans, List<Upload> uploads, Block block) {
    switch (block) {
      case Block.Text(String text) -> paragraph(spans, Span.plain(Clean.prose(text).strip()));
      case Block.Output(String text, long dropped) -> output(spans, uploads, text, dropped);
      case Block.Table(List<String> header, List<List<String>> rows) ->
          table(spans, uploads, header, rows);
      case Block.Code(String source, boolean attached) -> code(spans, uploads, source, attached);
      case Block.File file -> file(spans, uploads, file);
      case Block.Footer(String text) ->
          paragraph(spans, new Span(List.of(Tag.ITALIC), Clean.prose(text).strip()));
    }
  }

  private static void output(
      List<Span> spans, List<Upload> uploads, String text, long droppedBytes) {
    String clean = withoutOuterBlankLines(Clean.verbatim(text));
    if (clean.isBlank()) {
      paragraph(spans, new Span(List.of(Tag.ITALIC), "(no output)"));
    } else {
      boxed(spans, uploads, clean, "output.txt");
    }
    if (droppedBytes > 0) {
      paragraph(
          spans,
          new Span(List.of(Tag.ITALIC), "(%,d more bytes were not kept)".formatted(droppedBytes)));
    }
  }

  private static void table(
      List<Span> spans, List<Upload> uploads, List<String> header, List<List<String>> rows) {
    PlainTable table = PlainTable.of(header, rows);
    if (table.width() <= PlainTable.READABLE_WIDTH) {
      boxed(spans, uploads, table.aligned(), "table.txt");
    } else {
      boxed(spans, uploads, table.records(), "table.txt");
    }
  }

  /** A box with all of it, or with its beginning where all of it is too long. */
  private static void boxed(List<Span> spans, List<Upload> uploads, String text, String name) {
    if (text.length() <= INLINE_UNITS && text.lines().count() <= INLINE_LINES) {
      paragraph(spans, new Span(List.of(Tag.PRE), text));
      return;
    }
    Upload file = new Upload.Written(unused(name, uploads), text + "\n");
    uploads.add(file);
    String head = head(text);
    paragraph(spans, new Span(List.of(Tag.PRE), head));
    paragraph(
        spans,
        new Span(
            List.of(Tag.ITALIC),
            "(the first %,d of %,d lines; all of it is in %s)"
                .formatted(head.lines().count(), text.lines().count(), file.name())));
  }

  private static String head(String text) {
    String lines = String.join("\n", text.lines().limit(HEAD_LINES).toList());
    if (lines.length() <= HEAD_UNITS) {
      return lines;
    }
    return Html.plain(Splitter.split(List.of(Span.plain(lines)), HEAD_UNITS).getFirst())
            .stripTrailing()
        + " …";
  }

  private static void code(
      List<Span> spans, List<Upload> uploads, String source, boolean attached) {
    String clean = withoutOuterBlankLines(Clean.verbatim(source));
    if (clean.isBlank()) {
      return;
    }
    if (!attached && clean.length() <= CODE_UNITS) {
      paragraph(spans, new Span(List.of(Tag.FOLDED, Tag.PYTHON), clean));
      return;
    }
    Upload file = new Upload.Written(unused("code.py", uploads), clean + "\n");
    uploads.add(file);
    if (attached) {
      return;
    }
    paragraph(spans, new Span(List.of(Tag.FOLDED, Tag.PYTHON), head(clean)));
    paragraph(
        spans,
        new Span(
            List.of(Tag.ITALIC), "(the code's beginning; all of it is in " + file.name() + ")"));
  }

  private static void file(List<Span> spans, List<Upload> uploads, Block.File file) {
    Upload upload = new Upload.Stored(file);
    Optional<String> tooLarge = Upload.tooLarge(file.bytes());
    if (tooLarge.isEmpty()) {
      uploads.add(upload);
    }
    paragraph(
        spans,
        Span.plain(
            "📎 "
                + Clean.prose(upload.name())
                + tooLarge
                    .map(reason -> " was not sent: " + reason)
                    .orElseGet(() -> " (%,d bytes)".formatted(file.bytes()))));
  }

  private static String unused(String name, List<Upload> uploads) {
    int dot = name.lastIndexOf('.');
    String candidate = name;
    for (int i = 2; taken(candidate, uploads); i++) {
      candidate = name.substring(0, dot) + "-" + i + name.substring(dot);
    }
    return candidate;
  }

  private static boolean taken(String name, List<Upload> uploads) {
    return uploads.stream().anyMatch(upload -> upload.name().equals(name));
  }

  private static void paragraph(List<Span> spans, Span span) {
    if (!span.text().isEmpty()) {
      spans.add(Span.plain(boxes(spans.getLast()) || boxes(span) ? "\n" : "\n\n"));
      spans.add(span);
    }
  }

  /** Boxes and quotes bring their own space. */
  private static boolean boxes(Span span) {
    return span.tags().contains(Tag.PRE) || span.tags().contains(Tag.FOLDED);
  }

  private static String withoutOuterBlankLines(String text) {
    return text.replaceFirst("\\A(?:[ \\t]*\\n)+", "").stripTrailing();
  }

  private static List<Span> endingWith(List<Span> text, String last) {
    List<Span> longer = new ArrayList<>(Splitter.split(text, MESSAGE_LIMIT - 100).getFirst());
    longer.add(new Span(List.of(Tag.ITALIC), "\n" + last));
    return longer;
  }

  private static List<List<Span>> numbered(List<List<Span>> texts) {
    if (texts.size() == 1) {
      return texts;
    }
    List<List<Span>> numbered = new ArrayList<>();
    numbered.add(texts.getFirst());
    for (int i = 1; i < texts.size(); i++) {
      List<Span> text = new ArrayList<>();
      text.add(new Span(List.of(Tag.ITALIC), "(%d of %d)\n".formatted(i + 1, texts.size())));
      text.addAll(texts.get(i));
      numbered.add(text);
    }
    return numbered;
  }
}

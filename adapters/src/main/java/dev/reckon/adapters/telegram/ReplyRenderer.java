package dev.reckon.adapters.telegram;

import dev.reckon.adapters.telegram.Markup.Span;
import dev.reckon.adapters.telegram.Markup.Tag;
import dev.reckon.core.label.Label;
import dev.reckon.core.message.Language;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Reply;
import dev.reckon.core.surface.render.DisplayPolicy;
import dev.reckon.core.surface.render.Excerpt.Limit;
import dev.reckon.core.surface.render.ReplyLayout;
import dev.reckon.core.surface.render.ReplyLayout.Part;
import dev.reckon.core.surface.render.StatusSign;
import dev.reckon.core.surface.render.Upload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Draws a reply's layout as Telegram's HTML: boxes for output, the code folded, notes in italics.
 */
final class ReplyRenderer {
  /** Telegram's limit for a message, in UTF-16 units after the tags are taken out. */
  static final int MESSAGE_LIMIT = 4096;

  /** What the Bot API takes as a file. */
  static final long MAX_UPLOAD_BYTES = 50_000_000;

  /**
   * A box wraps on most phones after about that many cells; wider tables are one row a paragraph.
   */
  private static final int TABLE_CELLS = 48;

  private static final DisplayPolicy POLICY =
      policy(new DisplayPolicy.Tables(0, 40, 0, 0, TABLE_CELLS));

  /** Beyond that many messages for one reply a file is easier to read. */
  private static final int MAX_TEXTS = 4;

  private static final int LABEL_ROOM = 24;

  private static final String REPLY_FILE = "reply.txt";

  private ReplyRenderer() {}

  /** What is shown in full, with tables of that form. */
  static DisplayPolicy policy(DisplayPolicy.Tables tables) {
    return new DisplayPolicy(
        new Limit(40, 2_500),
        new Limit(12, 1_000),
        Limit.NONE,
        new Limit(Integer.MAX_VALUE, 3_000),
        code -> false,
        Integer.MAX_VALUE,
        tables,
        table -> false,
        MAX_UPLOAD_BYTES,
        true,
        false);
  }

  /** Renders a reply; the same reply always gives the same messages. */
  static RenderedReply render(Reply reply, Optional<Person> mention) {
    ReplyLayout layout = ReplyLayout.of(reply, POLICY, false);
    List<Span> spans = new ArrayList<>();
    mention.flatMap(ReplyRenderer::name).ifPresent(spans::add);
    Part before = null;
    for (Part part : layout.parts()) {
      if (part instanceof Part.Picture) {
        continue; // a message of its own, which follows
      }
      if (before != null) {
        spans.add(Span.plain(gap(before, part)));
      } else if (!spans.isEmpty()) {
        spans.add(Span.plain(isBox(part) ? ":\n" : ", "));
      }
      draw(spans, part);
      before = part;
    }
    List<Upload> uploads = new ArrayList<>(layout.uploads());
    List<List<Span>> texts = Markup.split(spans, MESSAGE_LIMIT - LABEL_ROOM);
    if (texts.size() > MAX_TEXTS) {
      uploads.addFirst(new Upload.Written(REPLY_FILE, Markup.plain(spans)));
      texts =
          List.of(
              endingWith(texts.getFirst(), Label.REPLY_IN_FILE.in(reply.language(), REPLY_FILE)));
    }
    return new RenderedReply(
        numbered(texts, reply.language()), uploads, layout.buttons(), Optional.empty());
  }

  /** A mention of a person; empty where the id is not one of Telegram's. */
  static Optional<Span> name(Person person) {
    String id = person.id().substring(person.id().lastIndexOf('/') + 1);
    if (id.isEmpty() || !id.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Optional.empty();
    }
    String name = Markup.PROSE.text(person.name()).strip();
    return Optional.of(
        new Span(List.of(Tag.mention(Long.parseLong(id))), name.isEmpty() ? "You" : name));
  }

  private static void draw(List<Span> spans, Part part) {
    switch (part) {
      case Part.Headline(Reply.Kind kind, String text) -> {
        sign(spans, kind);
        spans.add(new Span(List.of(Tag.BOLD), Markup.PROSE.text(text)));
      }
      case Part.Answer(String text) ->
          spans.add(new Span(List.of(Tag.BOLD), Markup.PROSE.text(text)));
      case Part.Status(Reply.Kind kind, String text) -> {
        sign(spans, kind);
        spans.add(Span.plain(Markup.PROSE.text(text)));
      }
      case Part.Paragraph(String text) -> spans.add(Span.plain(Markup.PROSE.text(text)));
      case Part.Box(String text) -> spans.add(new Span(List.of(Tag.PRE), text));
      case Part.Grid(String text) -> spans.add(new Span(List.of(Tag.PRE), text));
      case Part.Drawn drawn -> spans.add(new Span(List.of(Tag.PRE), drawn.text()));
      case Part.TableChart chart -> spans.add(new Span(List.of(Tag.PRE), chart.text()));
      case Part.Picture _ -> {}
      case Part.Code(String text) -> spans.add(new Span(List.of(Tag.FOLDED, Tag.PYTHON), text));
      case Part.Link(String text, String address) ->
          spans.add(new Span(List.of(Tag.link(address)), Markup.PROSE.text(text)));
      case Part.Note(String text) ->
          spans.add(new Span(List.of(Tag.ITALIC), Markup.PROSE.text(text)));
    }
  }

  private static void sign(List<Span> spans, Reply.Kind kind) {
    String sign = StatusSign.of(kind);
    if (!sign.isEmpty()) {
      spans.add(Span.plain(sign + " "));
    }
  }

  /** Boxes bring their own space, and quiet lines stand together. */
  private static String gap(Part before, Part part) {
    boolean close = isBox(before) || isBox(part) || (isQuiet(before) && isQuiet(part));
    return close ? "\n" : "\n\n";
  }

  private static boolean isQuiet(Part part) {
    return part instanceof Part.Note || part instanceof Part.Link;
  }

  private static boolean isBox(Part part) {
    return part instanceof Part.Box
        || part instanceof Part.Grid
        || part instanceof Part.Drawn
        || part instanceof Part.Code;
  }

  private static List<Span> endingWith(List<Span> text, String last) {
    List<Span> longer = new ArrayList<>(Markup.split(text, MESSAGE_LIMIT - 100).getFirst());
    longer.add(new Span(List.of(Tag.ITALIC), "\n" + last));
    return longer;
  }

  private static List<List<Span>> numbered(List<List<Span>> texts, Language language) {
    if (texts.size() == 1) {
      return texts;
    }
    List<List<Span>> numbered = new ArrayList<>();
    numbered.add(texts.getFirst());
    for (int i = 1; i < texts.size(); i++) {
      List<Span> text = new ArrayList<>();
      text.add(
          new Span(
              List.of(Tag.ITALIC), Label.MESSAGE_PART.in(language, i + 1, texts.size()) + "\n"));
      text.addAll(texts.get(i));
      numbered.add(text);
    }
    return numbered;
  }
}

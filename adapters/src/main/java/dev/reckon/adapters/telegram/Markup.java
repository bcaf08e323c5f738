package dev.reckon.adapters.telegram;

import dev.reckon.core.message.Truncation;
import dev.reckon.core.surface.render.Sanitizer;
import dev.reckon.core.surface.render.Sanitizer.Recognised;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Text with tags as Telegram takes it: written as HTML or without, and cut into messages. */
final class Markup {
  /** For text outside code boxes: Telegram would make links and mentions out of it. */
  static final Sanitizer PROSE =
      new Sanitizer(
          Set.of(
              Recognised.MENTION,
              Recognised.HASHTAG,
              Recognised.CASHTAG,
              Recognised.MAIL,
              Recognised.ADDRESS,
              Recognised.DOMAIN,
              Recognised.COMMAND,
              Recognised.PHONE),
          Map.of());

  private Markup() {}

  /**
   * A piece of harmless text and the tags around it, outermost first.
   *
   * @param text neither escaped nor empty
   */
  record Span(List<Tag> tags, String text) {
    Span {
      tags = List.copyOf(tags);
    }

    static Span plain(String text) {
      return new Span(List.of(), text);
    }

    Span withText(String other) {
      return new Span(tags, other);
    }
  }

  /**
   * One of Telegram's HTML tags around a text.
   *
   * @param open written before, such as {@code <b>}
   * @param close written after, such as {@code </b>}
   */
  record Tag(String open, String close) {
    static final Tag BOLD = new Tag("<b>", "</b>");
    static final Tag ITALIC = new Tag("<i>", "</i>");
    static final Tag PRE = new Tag("<pre>", "</pre>");
    static final Tag PYTHON = new Tag("<pre><code class=\"language-python\">", "</code></pre>");
    static final Tag FOLDED = new Tag("<blockquote expandable>", "</blockquote>");

    /** Names a person, so that they are notified, whether or not they have a username. */
    static Tag mention(long user) {
      return new Tag("<a href=\"tg://user?id=" + user + "\">", "</a>");
    }

    /**
     * Links to an address of our own.
     *
     * @throws IllegalArgumentException when it could end the attribute that holds it
     */
    static Tag link(String address) {
      if (!address.matches("https?://[A-Za-z0-9.:/_\\[\\]-]+")) {
        throw new IllegalArgumentException("not an address of ours: " + address);
      }
      return new Tag("<a href=\"" + address + "\">", "</a>");
    }
  }

  /** Well-formed HTML; neighbours under the same tags share them. */
  static String html(List<Span> spans) {
    StringBuilder html = new StringBuilder();
    List<Tag> open = new ArrayList<>();
    for (Span span : spans) {
      int shared = 0;
      while (shared < open.size()
          && shared < span.tags().size()
          && open.get(shared).equals(span.tags().get(shared))) {
        shared++;
      }
      close(html, open, shared);
      for (Tag tag : span.tags().subList(shared, span.tags().size())) {
        html.append(tag.open());
        open.add(tag);
      }
      escape(html, span.text());
    }
    close(html, open, 0);
    return html.toString();
  }

  /** The text as a reader sees it, which is also what Telegram counts. */
  static String plain(List<Span> spans) {
    StringBuilder text = new StringBuilder();
    spans.forEach(span -> text.append(span.text()));
    return text.toString();
  }

  private static void close(StringBuilder html, List<Tag> open, int down) {
    while (open.size() > down) {
      html.append(open.removeLast().close());
    }
  }

  /** A text without anything that Telegram takes for a tag or an entity. */
  static String escaped(String text) {
    StringBuilder html = new StringBuilder();
    escape(html, text);
    return html.toString();
  }

  private static void escape(StringBuilder html, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> html.append("&amp;");
        case '<' -> html.append("&lt;");
        case '>' -> html.append("&gt;");
        default -> html.append(c);
      }
    }
  }

  /**
   * Cuts spans into parts that fit into a message, in order and with nothing lost: after a line
   * where it can, else after a blank, never inside a character. Lengths are in UTF-16 units of what
   * a reader sees, as Telegram counts.
   *
   * @param limit the longest part, at least 2, so that every character fits
   * @return the parts; none for no text
   */
  static List<List<Span>> split(List<Span> spans, int limit) {
    if (limit < 2) {
      throw new IllegalArgumentException("a part must have room for one character: " + limit);
    }
    String text = plain(spans);
    List<List<Span>> parts = new ArrayList<>();
    for (int from = 0; from < text.length(); ) {
      int to = text.length() - from <= limit ? text.length() : end(text, from, limit);
      parts.add(between(spans, from, to));
      from = to;
    }
    return parts;
  }

  /** Where a part ends that begins there and is longer than the limit. */
  private static int end(String text, int from, int limit) {
    int line = text.lastIndexOf('\n', from + limit - 1) + 1;
    if (line > from + limit / 2) {
      return line;
    }
    int blank = text.lastIndexOf(' ', from + limit - 1) + 1;
    return blank > from + limit / 2 ? blank : Truncation.boundary(text, from + limit);
  }

  private static List<Span> between(List<Span> spans, int from, int to) {
    List<Span> part = new ArrayList<>();
    int at = 0;
    for (Span span : spans) {
      int begin = Math.max(from, at);
      int end = Math.min(to, at + span.text().length());
      if (begin < end) {
        part.add(span.withText(span.text().substring(begin - at, end - at)));
      }
      at += span.text().length();
    }
    return part;
  }
}

package dev.reckon.adapters.telegram;

import java.util.ArrayList;
import java.util.List;

/** Writes spans as Telegram's HTML, or without it. */
final class Html {
  private Html() {}

  /** Well-formed HTML; neighbours under the same tags share them. */
  static String of(List<Span> spans) {
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
}

package dev.reckon.adapters.telegram;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts spans into parts that fit into a message, in order and with nothing lost: after a line where
 * it can, else after a blank, never inside a character. Tags go around each part of their own.
 * Lengths are in UTF-16 units of what a reader sees, as Telegram counts.
 */
final class Splitter {
  private Splitter() {}

  /**
   * Cuts.
   *
   * @param limit the longest part, at least 2, so that every character fits
   * @return the parts; none for no text
   */
  static List<List<Span>> split(List<Span> spans, int limit) {
    if (limit < 2) {
      throw new IllegalArgumentException("a part must have room for one character: " + limit);
    }
    List<List<Span>> parts = new ArrayList<>();
    List<Span> rest = spans.stream().filter(span -> !span.text().isEmpty()).toList();
    while (!rest.isEmpty()) {
      String text = Html.plain(rest);
      int at = text.length() <= limit ? text.length() : cut(text, limit);
      parts.add(take(rest, at));
      rest = drop(rest, at);
    }
    return parts;
  }

  /** Where to cut a text that is longer than the limit: after at least one character. */
  private static int cut(String text, int limit) {
    int line = text.lastIndexOf('\n', limit - 1) + 1;
    if (line > limit / 2) {
      return line;
    }
    int blank = text.lastIndexOf(' ', limit - 1) + 1;
    if (blank > limit / 2) {
      return blank;
    }
    return Character.isHighSurrogate(text.charAt(limit - 1))
            && Character.isLowSurrogate(text.charAt(limit))
        ? limit - 1
        : limit;
  }

  private static List<Span> take(List<Span> spans, int units) {
    List<Span> taken = new ArrayList<>();
    int left = units;
    for (Span span : spans) {
      if (left == 0) {
        break;
      }
      int some = Math.min(left, span.text().length());
      taken.add(span.withText(span.text().substring(0, some)));
      left -= some;
    }
    return taken;
  }

  private static List<Span> drop(List<Span> spans, int units) {
    List<Span> kept = new ArrayList<>();
    int left = units;
    for (Span span : spans) {
      int some = Math.min(left, span.text().length());
      if (some < span.text().length()) {
        kept.add(span.withText(span.text().substring(some)));
      }
      left -= some;
    }
    return kept;
  }
}

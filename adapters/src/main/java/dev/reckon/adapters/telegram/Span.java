package dev.reckon.adapters.telegram;

import java.util.List;

/**
 * A piece of cleaned text and the tags around it, outermost first.
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

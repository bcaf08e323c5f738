package dev.reckon.adapters.telegram;

import dev.reckon.core.message.Action;
import java.util.List;

/**
 * A reply in Telegram's terms.
 *
 * @param texts one message each, at least one
 * @param uploads files, one message each, after the texts
 * @param actions buttons under the last text
 */
record Rendered(List<List<Span>> texts, List<Upload> uploads, List<Action> actions) {
  Rendered {
    texts = texts.stream().map(List::copyOf).toList();
    uploads = List.copyOf(uploads);
    actions = List.copyOf(actions);
    if (texts.isEmpty()) {
      throw new IllegalArgumentException("a reply has at least one text");
    }
  }
}

package dev.reckon.adapters.telegram;

import dev.reckon.adapters.telegram.Markup.Span;
import dev.reckon.core.surface.render.ButtonLayout;
import dev.reckon.core.surface.render.Upload;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A reply in Telegram's format.
 *
 * @param texts one message each, at least one
 * @param uploads files, one message each, after the texts
 * @param buttons under the last text
 */
record RenderedReply(List<List<Span>> texts, List<Upload> uploads, ButtonLayout buttons) {
  RenderedReply {
    texts = texts.stream().map(List::copyOf).toList();
    uploads = List.copyOf(uploads);
    if (texts.isEmpty()) {
      throw new IllegalArgumentException("a reply has at least one text");
    }
  }

  /** A text with the buttons under it. */
  record Message(List<Span> text, ButtonLayout buttons) {}

  List<Message> messages() {
    int last = texts.size() - 1;
    return IntStream.rangeClosed(0, last)
        .mapToObj(i -> new Message(texts.get(i), i == last ? buttons : ButtonLayout.NONE))
        .toList();
  }
}

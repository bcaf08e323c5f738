package dev.reckon.adapters.telegram;

import dev.reckon.adapters.telegram.Markup.Span;
import dev.reckon.core.surface.render.ButtonLayout;
import dev.reckon.core.surface.render.Upload;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A reply in Telegram's format.
 *
 * @param texts one message each, at least one
 * @param uploads files, one message each, after the texts
 * @param buttons under the last text
 * @param rich the one message in rich HTML that is sent in place of the texts, if it is
 */
record RenderedReply(
    List<List<Span>> texts, List<Upload> uploads, ButtonLayout buttons, Optional<String> rich) {
  RenderedReply {
    texts = texts.stream().map(List::copyOf).toList();
    uploads = List.copyOf(uploads);
    if (texts.isEmpty() && rich.isEmpty()) {
      throw new IllegalArgumentException("a reply has at least one text");
    }
  }

  /** One rich message. */
  static RenderedReply rich(String html, List<Upload> uploads, ButtonLayout buttons) {
    return new RenderedReply(List.of(), uploads, buttons, Optional.of(html));
  }

  /**
   * A message with the buttons under it.
   *
   * @param rich is sent in place of the text, if it is there
   */
  record Message(List<Span> text, ButtonLayout buttons, Optional<String> rich) {}

  List<Message> messages() {
    if (rich.isPresent()) {
      return List.of(new Message(List.of(), buttons, rich));
    }
    int last = texts.size() - 1;
    return IntStream.rangeClosed(0, last)
        .mapToObj(
            i ->
                new Message(
                    texts.get(i), i == last ? buttons : ButtonLayout.NONE, Optional.empty()))
        .toList();
  }
}

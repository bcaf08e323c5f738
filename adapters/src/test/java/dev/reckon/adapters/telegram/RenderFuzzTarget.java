package dev.reckon.adapters.telegram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.adapters.surface.FuzzedReply;
import dev.reckon.adapters.telegram.Markup.Span;
import java.util.List;
import java.util.Optional;

/** A fuzzer's target: whatever a reply holds, Telegram takes each of its messages. */
public final class RenderFuzzTarget {
  private RenderFuzzTarget() {}

  public static void fuzzerTestOneInput(byte[] data) throws TelegramHtml.Refused {
    RenderedReply rendered = ReplyRenderer.render(FuzzedReply.of(data), Optional.empty());
    for (List<Span> text : rendered.texts()) {
      var parsed = TelegramHtml.parse(Markup.html(text));
      assertEquals(Markup.plain(text), parsed.text());
      assertTrue(parsed.text().length() <= ReplyRenderer.MESSAGE_LIMIT, "a long message");
      assertFalse(parsed.text().isBlank(), "an empty message");
      assertTrue(
          parsed.entities().stream().noneMatch(entity -> entity.tag().equals("a")), "a link");
    }
  }
}

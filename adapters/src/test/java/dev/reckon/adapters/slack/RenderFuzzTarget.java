package dev.reckon.adapters.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.adapters.surface.FuzzedReply;
import dev.reckon.core.message.Reply;
import java.util.List;
import java.util.Optional;

/** A fuzzer's target: whatever a reply holds, Slack takes its message and parses none of it. */
public final class RenderFuzzTarget {
  private static final SlackTarget THREAD =
      SlackTarget.in("C1", "1700000000.000100", "U1", "slack/T1/C1/1700000000.000100");

  private RenderFuzzTarget() {}

  public static void fuzzerTestOneInput(byte[] data) {
    Reply reply = FuzzedReply.of(data);
    BlockMessage message = ReplyRenderer.render(reply, THREAD, Optional.empty()).message();
    assertEquals(List.of(), BlockKitLimits.ofMessage(message.layout()));
    assertTrue(message.fallback().length() <= 1_000, "a long fallback");
    String plain = ReplyRenderer.plain(reply, THREAD).fallback();
    assertTrue(plain.length() <= 4_000, "a long plain text");
    assertFalse((plain + message.fallback()).contains("<"), "markup of Slack's in plain text");
  }
}

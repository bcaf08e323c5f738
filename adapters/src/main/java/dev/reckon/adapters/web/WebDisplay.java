package dev.reckon.adapters.web;

import dev.reckon.core.message.Reply;
import dev.reckon.core.surface.render.DisplayPolicy;
import dev.reckon.core.surface.render.Excerpt;
import dev.reckon.core.surface.render.ReplyLayout;
import java.util.Arrays;

/** What pages show in full, as an excerpt, or as a file. */
final class WebDisplay {
  private static final DisplayPolicy POLICY =
      new DisplayPolicy(
          new Excerpt.Limit(200, 15_000),
          new Excerpt.Limit(100, 10_000),
          new Excerpt.Limit(200, 20_000),
          new Excerpt.Limit(500, 15_000),
          code -> false,
          400_000,
          new DisplayPolicy.Tables(20, 100, 60, 40_000, 400),
          table -> false,
          Long.MAX_VALUE,
          true,
          true);

  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

  private WebDisplay() {}

  /** The parts of a reply. */
  static ReplyLayout layout(Reply reply) {
    return ReplyLayout.of(reply, POLICY, false);
  }

  /** Whether browsers show it as a picture: by its own first bytes, never by its name. */
  static boolean isPicture(byte[] content) {
    return content.length > PNG.length && Arrays.equals(content, 0, PNG.length, PNG, 0, PNG.length);
  }
}

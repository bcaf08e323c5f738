package dev.reckon.adapters.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reckon.core.surface.render.Sanitizer;
import dev.reckon.core.surface.render.Sanitizer.Recognised;
import java.util.Map;
import java.util.Set;

/**
 * A message in Slack's format.
 *
 * @param fallback what notifications and screen readers show; parsed by Slack, so already harmless
 * @param layout the blocks; without any, Slack shows the fallback
 */
record BlockMessage(String fallback, JsonNode layout) {
  /** For text that Slack parses: escaped, and with nothing left that could address anyone. */
  static final Sanitizer PARSED =
      new Sanitizer(
          Set.of(Recognised.MENTION, Recognised.ADDRESS),
          Map.of('&', "&amp;", '<', "&lt;", '>', "&gt;", '`', "\u02cb"));

  String blocks() {
    return layout.toString();
  }

  /** Whether a block of that type is in it. */
  boolean has(String type) {
    return layout.findValuesAsText("type").contains(type);
  }

  /** The same without its first block. */
  BlockMessage withoutFirst() {
    ArrayNode rest = JsonNodeFactory.instance.arrayNode();
    for (int i = 1; i < layout.size(); i++) {
      rest.add(layout.get(i));
    }
    return new BlockMessage(fallback, rest);
  }

  static BlockMessage plain(String parsedText) {
    return new BlockMessage(parsedText, JsonNodeFactory.instance.arrayNode());
  }

  /** The body for a response address. */
  String responseBody(boolean toChannel) {
    var body = JsonNodeFactory.instance.objectNode();
    body.put("response_type", toChannel ? "in_channel" : "ephemeral");
    body.put("replace_original", false);
    body.put("text", fallback);
    if (layout instanceof ArrayNode blocks && !blocks.isEmpty()) {
      body.set("blocks", blocks);
    }
    return body.toString();
  }
}

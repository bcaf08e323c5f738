package dev.reckon.adapters.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/**
 * A message as Slack takes it.
 *
 * @param fallback what notifications and screen readers show; parsed by Slack, so already harmless
 * @param layout the blocks; without any, Slack shows the fallback
 */
record BlockMessage(String fallback, JsonNode layout) {
  String blocks() {
    return layout.toString();
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

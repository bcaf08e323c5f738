package dev.reckon.adapters.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reckon.core.surface.render.Sanitizer;

/**
 * Builds rich text blocks. Their text elements are shown as they are: Slack finds no mention, link
 * or formatting in them, whatever they say.
 */
final class RichText {
  private final ArrayNode elements = JsonNodeFactory.instance.arrayNode();

  /** Begins a paragraph. */
  Line section() {
    return new Line("rich_text_section");
  }

  /** Begins a quotation. */
  Line quote() {
    return new Line("rich_text_quote");
  }

  /** Adds text in a fixed width. */
  RichText preformatted(String text) {
    return new Line("rich_text_preformatted").text(text).end();
  }

  boolean isEmpty() {
    return elements.isEmpty();
  }

  ObjectNode block() {
    ObjectNode block = JsonNodeFactory.instance.objectNode().put("type", "rich_text");
    block.set("elements", elements);
    return block;
  }

  /** Text that Slack shows as it is: labels, titles, options. */
  static ObjectNode plain(String text) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", "plain_text")
        .put("text", text)
        .put("emoji", false);
  }

  /** A context block of one plain line. */
  static ObjectNode context(String text) {
    ObjectNode block = JsonNodeFactory.instance.objectNode().put("type", "context");
    block
        .putArray("elements")
        .addObject()
        .put("type", "plain_text")
        .put("text", text)
        .put("emoji", false);
    return block;
  }

  /** A paragraph, quotation or preformatted text under way. */
  final class Line {
    private final ObjectNode node = JsonNodeFactory.instance.objectNode();
    private final ArrayNode parts;

    private Line(String type) {
      node.put("type", type);
      parts = node.putArray("elements");
    }

    Line text(String text) {
      if (!text.isEmpty()) {
        parts.addObject().put("type", "text").put("text", Sanitizer.visible(text));
      }
      return this;
    }

    Line bold(String text) {
      text(text);
      if (!text.isEmpty()) {
        ((ObjectNode) parts.get(parts.size() - 1)).putObject("style").put("bold", true);
      }
      return this;
    }

    Line emoji(String name) {
      parts.addObject().put("type", "emoji").put("name", name);
      return this;
    }

    /** Links to an address of our own. */
    Line link(String text, String address) {
      parts.addObject().put("type", "link").put("url", address).put("text", text);
      return this;
    }

    /** Names a person, who is notified. */
    Line user(String id) {
      parts.addObject().put("type", "user").put("user_id", id);
      return this;
    }

    RichText end() {
      if (!parts.isEmpty()) {
        elements.add(node);
      }
      return RichText.this;
    }
  }
}

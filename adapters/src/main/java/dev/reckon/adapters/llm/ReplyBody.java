package dev.reckon.adapters.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/**
 * Brings a server's reply into the one form that the client library reads: content in parts becomes
 * one text, and the arguments of a tool that nobody offered become the text, where there is no
 * other.
 */
final class ReplyBody {
  private static final JsonMapper JSON = new JsonMapper();

  private ReplyBody() {}

  /** The body, as it is where nothing has to change or where it is no JSON. */
  static byte[] plain(byte[] body) {
    try {
      JsonNode reply = JSON.readTree(body);
      boolean changed = false;
      for (JsonNode choice : reply.path("choices")) {
        if (choice.path("message") instanceof ObjectNode message) {
          changed |= joinParts(message);
          changed |= readToolCall(message);
        }
      }
      return changed ? JSON.writeValueAsBytes(reply) : body;
    } catch (IOException _) {
      return body;
    }
  }

  private static boolean joinParts(ObjectNode message) {
    if (!message.path("content").isArray()) {
      return false;
    }
    StringBuilder text = new StringBuilder();
    for (JsonNode part : message.path("content")) {
      text.append(part.isTextual() ? part.textValue() : part.path("text").asText(""));
    }
    message.put("content", text.toString());
    return true;
  }

  private static boolean readToolCall(ObjectNode message) {
    JsonNode calls = message.path("tool_calls");
    if (!calls.isArray() || calls.isEmpty()) {
      return false;
    }
    if (message.path("content").asText("").isBlank()) {
      message.put("content", calls.path(0).path("function").path("arguments").asText(""));
    }
    message.remove("tool_calls");
    return true;
  }
}

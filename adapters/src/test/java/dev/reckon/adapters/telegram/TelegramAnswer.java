package dev.reckon.adapters.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What the fake server answers: a result, or a code with words. */
record TelegramAnswer(int code, String description, JsonNode content) {
  static TelegramAnswer success(JsonNode result) {
    return new TelegramAnswer(200, "", result);
  }

  static TelegramAnswer failure(int code, String description) {
    return new TelegramAnswer(code, description, TelegramJson.object());
  }

  ObjectNode json() {
    ObjectNode json = TelegramJson.object().put("ok", code == 200);
    if (code == 200) {
      json.set("result", content);
      return json;
    }
    json.put("error_code", code).put("description", description);
    if (!content.isEmpty()) {
      json.set("parameters", content);
    }
    return json;
  }
}

package dev.reckon.adapters.telegram;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.reckon.core.message.MessageRef;
import dev.reckon.core.surface.render.Receipt;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The parts of a reply that Telegram has accepted.
 *
 * @param chat where; a chat that moved has other message ids
 * @param texts the ids of the text messages, in order
 * @param files the ids of the file messages, by the upload's key
 * @param draft the id of a draft that is shown in place of messages, or 0
 */
record SentParts(long chat, List<Integer> texts, Map<String, Integer> files, int draft) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  SentParts {
    texts = List.copyOf(texts);
    files = Map.copyOf(files);
  }

  static SentParts draft(Chat chat, int draft) {
    return new SentParts(chat.id(), List.of(), Map.of(), draft);
  }

  static SentParts of(Chat chat, Receipt receipt) {
    Map<String, Integer> files = new LinkedHashMap<>();
    receipt.files().forEach((key, id) -> files.put(key, Integer.valueOf(id)));
    return new SentParts(
        chat.id(), receipt.messages().stream().map(Integer::valueOf).toList(), files, 0);
  }

  static SentParts of(MessageRef ref) {
    try {
      return JSON.readValue(ref.value(), SentParts.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a message of this surface: " + ref, e);
    }
  }

  Receipt receipt() {
    Map<String, String> ids = new LinkedHashMap<>();
    files.forEach((key, id) -> ids.put(key, String.valueOf(id)));
    return new Receipt(texts.stream().map(String::valueOf).toList(), ids);
  }

  MessageRef ref() {
    try {
      return new MessageRef(JSON.writeValueAsString(this));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}

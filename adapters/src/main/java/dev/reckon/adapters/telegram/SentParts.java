package dev.reckon.adapters.telegram;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.reckon.core.message.MessageRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What Telegram has of a reply.
 *
 * @param chat where; a chat that moved has other message ids
 * @param texts the ids of the text messages, in order
 * @param files the ids of the file messages, by {@link Upload#key()}
 * @param draft the id of a draft that is shown in place of messages, or 0
 */
record SentParts(long chat, List<Integer> texts, Map<String, Integer> files, int draft) {
  private static final JsonMapper json = JsonMapper.builder().build();

  SentParts {
    texts = List.copyOf(texts);
    files = Map.copyOf(files);
  }

  static SentParts none(Chat chat) {
    return new SentParts(chat.id(), List.of(), Map.of(), 0);
  }

  static SentParts draft(Chat chat, int draft) {
    return new SentParts(chat.id(), List.of(), Map.of(), draft);
  }

  static SentParts of(MessageRef ref) {
    try {
      return json.readValue(ref.value(), SentParts.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a message of this surface: " + ref, e);
    }
  }

  MessageRef ref() {
    try {
      return new MessageRef(json.writeValueAsString(this));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  SentParts withText(int message) {
    List<Integer> more = new ArrayList<>(texts);
    more.add(message);
    return new SentParts(chat, more, files, 0);
  }

  SentParts withTexts(int count) {
    return new SentParts(chat, texts.subList(0, count), files, draft);
  }

  SentParts withFile(String key, int message) {
    Map<String, Integer> more = new LinkedHashMap<>(files);
    more.put(key, message);
    return new SentParts(chat, texts, more, draft);
  }

  SentParts withoutFile(String key) {
    Map<String, Integer> fewer = new LinkedHashMap<>(files);
    fewer.remove(key);
    return new SentParts(chat, texts, fewer, draft);
  }
}

package dev.reckon.adapters.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.reckon.core.message.Attachment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message as a page sends it: four bytes with the length of a JSON text, that text, and the bytes
 * of the files it names, one after the other. A form could not send this from another page, and no
 * parser of parts is needed.
 *
 * @param conversation its key
 * @param key the page's own name for the message
 * @param command whether the text is a command, whatever it looks like
 * @param again the turn whose program is to run again with these values; 0 for a message
 * @param saved the saved computation to run with these values; empty for a message
 * @param values what was entered into a form, by the names of its fields
 */
record MessageFrame(
    String conversation,
    String key,
    String text,
    boolean command,
    long again,
    String saved,
    Map<String, String> values,
    List<Attachment> files) {
  private static final int MOST_FILES = 50;
  private static final int LONGEST_HEAD = 2 * 1024 * 1024;
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private record Head(
      @Nullable String conversation,
      @Nullable String key,
      @Nullable String text,
      boolean command,
      long again,
      @Nullable String saved,
      @Nullable Map<String, @Nullable String> values,
      @Nullable List<Named> files) {}

  private record Named(@Nullable String name, int size) {}

  /**
   * Reads a frame.
   *
   * @throws RefusedRequest if it is none
   */
  static MessageFrame of(byte[] body) {
    if (body.length < Integer.BYTES) {
      throw malformed();
    }
    int length = ByteBuffer.wrap(body).getInt();
    if (length < 0 || length > LONGEST_HEAD || length > body.length - Integer.BYTES) {
      throw malformed();
    }
    Head head = head(new String(body, Integer.BYTES, length, StandardCharsets.UTF_8));
    List<Named> named = head.files() == null ? List.of() : head.files();
    if (named.size() > MOST_FILES) {
      throw new RefusedRequest(
          400,
          "A message can have up to %d files. Send the others in another message."
              .formatted(MOST_FILES));
    }
    List<Attachment> files = new ArrayList<>();
    int at = Integer.BYTES + length;
    for (Named one : named) {
      if (one.name() == null || one.size() < 0 || one.size() > body.length - at) {
        throw malformed();
      }
      files.add(new Attachment.Inline(one.name(), Arrays.copyOfRange(body, at, at + one.size())));
      at += one.size();
    }
    return new MessageFrame(
        orEmpty(head.conversation()),
        orEmpty(head.key()),
        orEmpty(head.text()),
        head.command(),
        head.again(),
        orEmpty(head.saved()),
        values(head),
        files);
  }

  private static Map<String, String> values(Head head) {
    Map<String, String> values = new LinkedHashMap<>();
    if (head.values() != null) {
      head.values().forEach((name, value) -> values.put(name, orEmpty(value)));
    }
    return values;
  }

  private static Head head(String json) {
    try {
      Head head = JSON.readValue(json, Head.class);
      if (head == null) {
        throw malformed();
      }
      return head;
    } catch (JsonProcessingException e) {
      throw malformed();
    }
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static RefusedRequest malformed() {
    return new RefusedRequest(400, "The message could not be read. Reload the page.");
  }
}

package dev.reckon.core.reply;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The JSON objects and lists that stand in a reply, whatever text is around them.
 *
 * @param complete in their order, none inside another one of them
 * @param unread whether something that begins like JSON is none; what is complete may then be a
 *     part of it
 */
record JsonValues(List<JsonNode> complete, boolean unread) {
  private static final int MOST_NESTING = 20;

  /** Places where JSON is tried; each costs at most the length of the reply. */
  private static final int MOST_STARTS = 20;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MOST_NESTING).build())
                  .build())
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build();

  JsonValues {
    complete = List.copyOf(complete);
  }

  /** Whether there is nothing that begins like JSON. */
  boolean isEmpty() {
    return complete.isEmpty() && !unread;
  }

  /** Those of a text; none of a text with more than {@value #MOST_STARTS} places to try. */
  static JsonValues in(String text) {
    char[] characters = text.toCharArray();
    List<JsonNode> complete = new ArrayList<>();
    boolean unread = false;
    int start = next(text, 0);
    for (int tries = 0; start >= 0 && tries < MOST_STARTS; tries++) {
      int end = start + 1;
      try (JsonParser parser = JSON.createParser(characters, start, characters.length - start)) {
        JsonNode value = JSON.readTree(parser);
        complete.add(value);
        end = start + (int) parser.currentLocation().getCharOffset();
      } catch (IOException _) {
        unread = true; // prose in braces, or cut off
      }
      start = next(text, end);
    }
    return start < 0 ? new JsonValues(complete, unread) : new JsonValues(List.of(), true);
  }

  /** A brace before a name or its pair, or a bracket before an object or a string; or -1. */
  private static int next(String text, int from) {
    int opened = -1;
    for (int at = from; at < text.length(); at++) {
      char c = text.charAt(at);
      if (opened >= 0 && isInside(text.charAt(opened), c)) {
        return opened;
      }
      if (c == '{' || c == '[') {
        opened = at;
      } else if (!Character.isWhitespace(c)) {
        opened = -1;
      }
    }
    return opened >= 0 && text.charAt(opened) == '{' ? opened : -1;
  }

  private static boolean isInside(char bracket, char c) {
    return bracket == '{' ? "\"'}".indexOf(c) >= 0 : "\"{".indexOf(c) >= 0;
  }
}

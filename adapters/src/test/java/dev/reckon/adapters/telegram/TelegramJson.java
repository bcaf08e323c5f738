package dev.reckon.adapters.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the arguments of Bot API calls, which come as JSON or as multipart forms. */
final class TelegramJson {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Pattern NAME = Pattern.compile("[; ]name=\"([^\"]*)\"");
  private static final Pattern FILE = Pattern.compile("filename=\"([^\"]*)\"");

  private TelegramJson() {}

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  static ArrayNode array() {
    return JSON.createArrayNode();
  }

  static JsonNode read(String text) throws IOException {
    return JSON.readTree(text);
  }

  static JsonNode arguments(Headers headers, byte[] body) throws IOException {
    String type = String.valueOf(headers.getFirst("Content-Type"));
    if (!type.startsWith("multipart/form-data")) {
      return body.length == 0 ? object() : JSON.readTree(body);
    }
    String boundary = "--" + type.substring(type.indexOf("boundary=") + "boundary=".length());
    return form(new String(body, StandardCharsets.ISO_8859_1), boundary);
  }

  /** Fields as texts; files as objects with name, size and content. */
  private static ObjectNode form(String body, String boundary) throws IOException {
    ObjectNode form = object();
    String[] parts = body.split(Pattern.quote(boundary), -1);
    for (int i = 1; i < parts.length - 1; i++) {
      int end = parts[i].indexOf("\r\n\r\n");
      String head = parts[i].substring(0, end);
      byte[] content =
          parts[i].substring(end + 4, parts[i].length() - 2).getBytes(StandardCharsets.ISO_8859_1);
      Matcher name = NAME.matcher(head);
      if (!name.find()) {
        throw new IOException("a part without a name");
      }
      Matcher file = FILE.matcher(head);
      String field = utf8(name.group(1));
      if (file.find()) {
        form.putObject("file:" + field).put("name", utf8(file.group(1))).put("bytes", content);
      } else {
        form.put(field, new String(content, StandardCharsets.UTF_8));
      }
    }
    return form;
  }

  private static String utf8(String latin) {
    return new String(latin.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }
}

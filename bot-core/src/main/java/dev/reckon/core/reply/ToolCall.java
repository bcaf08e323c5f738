package dev.reckon.core.reply;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Optional;

/**
 * Finds the program in a reply that is JSON: the call of a tool, written out as text, or content in
 * parts.
 */
final class ToolCall {
  private static final int MOST_NESTING = 20;
  private static final List<String> ARGUMENTS =
      List.of(
          "arguments",
          "parameters",
          "args",
          "input",
          "function",
          "tool_input",
          "action_input",
          "kwargs",
          "tool_calls");
  private static final List<String> PROGRAMS =
      List.of("code", "source", "source_code", "program", "script", "python", "python_code");
  private static final List<String> TEXTS = List.of("text", "content", "output_text");
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MOST_NESTING).build())
                  .build())
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .build();

  private ToolCall() {}

  /** The program, or prose that may hold one; empty when the text is no such JSON. */
  static Optional<String> program(String text) {
    int from = 0;
    while (from < text.length() && "{[".indexOf(text.charAt(from)) < 0) {
      if (!Character.isWhitespace(text.charAt(from))) {
        return Optional.empty();
      }
      from++;
    }
    return parsed(text.substring(from)).flatMap(ToolCall::program);
  }

  /** What stands after the JSON value does not matter. */
  private static Optional<JsonNode> parsed(String text) {
    try {
      return Optional.ofNullable(JSON.readTree(text)).filter(JsonNode::isContainerNode);
    } catch (JsonProcessingException _) {
      return Optional.empty();
    }
  }

  private static Optional<String> program(JsonNode node) {
    if (node.isArray()) {
      return parts(node);
    }
    for (String field : PROGRAMS) {
      if (node.path(field).isTextual()) {
        return Optional.of(node.path(field).textValue());
      }
    }
    for (String field : ARGUMENTS) {
      JsonNode inner = node.path(field);
      Optional<String> found =
          inner.isTextual()
              ? parsed(inner.textValue())
                  .flatMap(ToolCall::program)
                  .or(() -> Optional.of(inner.textValue()))
              : inner.isContainerNode() ? program(inner) : Optional.empty();
      if (found.isPresent()) {
        return found;
      }
    }
    return text(node);
  }

  private static Optional<String> text(JsonNode node) {
    for (String field : TEXTS) {
      JsonNode text = node.path(field);
      if (text.isTextual()) {
        return Optional.of(text.textValue());
      }
      if (text.isArray()) {
        return parts(text);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> parts(JsonNode list) {
    StringBuilder text = new StringBuilder();
    for (JsonNode part : list) {
      (part.isObject() ? program(part) : Optional.<String>empty()).ifPresent(text::append);
    }
    return text.isEmpty() ? Optional.empty() : Optional.of(text.toString());
  }
}

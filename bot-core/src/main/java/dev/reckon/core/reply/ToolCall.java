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
          "command",
          "tool_calls");
  private static final List<String> PROGRAMS =
      List.of("code", "source", "source_code", "program", "script", "python", "python_code");
  private static final List<String> COMMANDS = List.of("cmd", "command", "argv");
  private static final String MISTRAL_ARGUMENTS = "[ARGS]";
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
    int from = afterName(text);
    while (from < text.length() && "{[".indexOf(text.charAt(from)) < 0) {
      if (!Character.isWhitespace(text.charAt(from))) {
        return Optional.empty();
      }
      from++;
    }
    return parsed(text.substring(from)).flatMap(ToolCall::program);
  }

  /**
   * Where the arguments begin when only the tool's name precedes them: {@code
   * functions.python({...})}, {@code python[ARGS]{...}}; 0 otherwise.
   */
  private static int afterName(String text) {
    int at = 0;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    int name = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || "._".indexOf(text.charAt(at)) >= 0)) {
      at++;
    }
    if (at == name) {
      return 0;
    }
    if (text.startsWith(MISTRAL_ARGUMENTS, at)) {
      return at + MISTRAL_ARGUMENTS.length();
    }
    return text.startsWith("({", at) ? at + 1 : 0;
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
      JsonNode given = node.path(field);
      if (given.isTextual()) {
        return Optional.of(given.textValue());
      }
      if (given.isArray() && !given.isEmpty()) {
        Optional<String> lines = lines(given);
        if (lines.isPresent()) {
          return lines;
        }
      }
    }
    Optional<String> command = command(node);
    if (command.isPresent()) {
      return command;
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

  /** A program as a list of its lines. */
  private static Optional<String> lines(JsonNode list) {
    StringBuilder program = new StringBuilder();
    for (JsonNode line : list) {
      if (!line.isTextual()) {
        return Optional.empty();
      }
      program.append(line.textValue()).append('\n');
    }
    return Optional.of(program.toString());
  }

  /** {@code ["python3", "-c", "print(1)"]} */
  private static Optional<String> command(JsonNode node) {
    for (String field : COMMANDS) {
      JsonNode words = node.path(field);
      if (words.isArray()
          && words.size() == 3
          && words.path(0).asText().startsWith("python")
          && words.path(1).asText().equals("-c")
          && words.path(2).isTextual()) {
        return Optional.of(words.path(2).textValue());
      }
    }
    return Optional.empty();
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

package dev.reckon.adapters.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts the values of variables of the environment in place of {@code ${NAME}}. */
final class Variables {
  private static final Pattern VARIABLE =
      Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?}");

  private Variables() {}

  /**
   * A value with its variables replaced.
   *
   * @param environment gives a variable's value, or null
   * @param problem is told of variables that are missing
   */
  static JsonNode expanded(
      JsonNode node, Function<String, @Nullable String> environment, Consumer<String> problem) {
    if (!node.isTextual() || node.asText().indexOf('$') < 0) {
      return node;
    }
    return TextNode.valueOf(
        VARIABLE
            .matcher(node.asText())
            .replaceAll(
                match ->
                    Matcher.quoteReplacement(
                        variable(match.group(1), match.group(2), environment, problem))));
  }

  private static String variable(
      String name,
      @Nullable String otherwise,
      Function<String, @Nullable String> environment,
      Consumer<String> problem) {
    String value = environment.apply(name);
    if (value != null && !value.isEmpty()) {
      return value;
    }
    if (otherwise == null) {
      problem.accept(
          "the environment has no "
              + name
              + "; export it, or write ${"
              + name
              + ":-} where it may be missing");
      return "";
    }
    return otherwise;
  }
}

package dev.reckon.adapters.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.slack.api.model.view.View;
import com.slack.api.model.view.ViewState;
import dev.reckon.core.message.Truncation;
import dev.reckon.core.store.SavedComputation;
import dev.reckon.core.store.SavedComputation.Parameter;
import dev.reckon.core.surface.render.Sanitizer;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The modal that asks for a saved computation's values, and what it says when it is sent. */
final class SavedForm {
  static final String CALLBACK = "reckon.saved";

  /** Begins the id of a field; the parameter's name follows. */
  static final String VALUE = "value.";

  /** A modal has 100 blocks, and nobody fills in that many values. */
  private static final int MOST_VALUES = 40;

  private SavedForm() {}

  /** The modal, which keeps the channel of the answer and the computation's name. */
  static String view(SavedComputation saved, String channel) {
    ObjectNode view =
        JsonNodeFactory.instance
            .objectNode()
            .put("type", "modal")
            .put("callback_id", CALLBACK)
            .put("private_metadata", channel + " " + saved.name());
    view.set("title", plain(Truncation.cut(saved.name(), 24)));
    view.set("submit", plain("Run"));
    view.set("close", plain("Cancel"));
    ArrayNode blocks = view.putArray("blocks");
    blocks.add(RichText.context(Truncation.cut(Sanitizer.oneLine(saved.request()), 300)));
    saved.parameters().stream().limit(MOST_VALUES).forEach(one -> blocks.add(field(one)));
    return view.toString();
  }

  private static ObjectNode field(Parameter parameter) {
    String id = VALUE + parameter.name();
    ObjectNode input =
        JsonNodeFactory.instance.objectNode().put("type", "input").put("block_id", id);
    input.put("optional", true);
    String type = parameter.type().name().toLowerCase(Locale.ROOT);
    input.set("label", plain(Truncation.cut(parameter.name() + " (" + type + ")", 100)));
    ObjectNode element =
        input.putObject("element").put("type", "plain_text_input").put("action_id", id);
    if (!parameter.defaultValue().isEmpty()) {
      element.put("initial_value", Truncation.cut(parameter.defaultValue(), 2_900));
    }
    return input;
  }

  /** The channel that the answer goes to. */
  static String channel(View view) {
    return metadata(view)[0];
  }

  /** What was filled in, as it would be typed; a field that was emptied keeps its usual value. */
  static String typed(View view) {
    Map<String, String> values = new TreeMap<>();
    view.getState()
        .getValues()
        .forEach(
            (block, fields) ->
                value(fields, block)
                    .filter(text -> block.startsWith(VALUE) && !text.isBlank())
                    .ifPresent(text -> values.put(block.substring(VALUE.length()), text)));
    String assigned =
        values.entrySet().stream()
            .map(value -> assignment(value.getKey(), value.getValue()))
            .collect(Collectors.joining(" "));
    return assigned.isEmpty() ? metadata(view)[1] : metadata(view)[1] + " " + assigned;
  }

  private static Optional<String> value(Map<String, ViewState.Value> fields, String id) {
    return Optional.ofNullable(fields.get(id)).map(ViewState.Value::getValue);
  }

  /** A value as it is typed: in the quotation marks that do not occur in it. */
  static String assignment(String name, String value) {
    String line = Sanitizer.oneLine(value).strip();
    if (!line.contains("\"")) {
      return name + "=\"" + line + "\"";
    }
    return name + "='" + line.replace("'", "\u2019") + "'";
  }

  private static String[] metadata(View view) {
    String[] parts = Objects.requireNonNullElse(view.getPrivateMetadata(), "").split(" ", 2);
    if (parts.length != 2) {
      throw new IllegalArgumentException("not a form of Reckon");
    }
    return parts;
  }

  private static ObjectNode plain(String text) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", "plain_text")
        .put("text", text)
        .put("emoji", false);
  }
}

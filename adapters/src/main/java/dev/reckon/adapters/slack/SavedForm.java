package dev.reckon.adapters.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.slack.api.model.block.InputBlock;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.element.PlainTextInputElement;
import com.slack.api.model.view.View;
import com.slack.api.model.view.ViewState;
import dev.reckon.core.message.Truncation;
import dev.reckon.core.store.SavedComputation;
import dev.reckon.core.store.SavedComputation.Parameter;
import dev.reckon.core.surface.render.Sanitizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The modal that asks for a saved computation's values, and what it says when it is sent. */
final class SavedForm {
  static final String CALLBACK = "reckon.saved";

  /** Begins the id of a field; the parameter's name follows. */
  static final String VALUE = "value.";

  /** A modal has 100 blocks, and nobody fills in that many values. */
  private static final int MOST_VALUES = 40;

  /** Slack takes 3,000 characters in a field. */
  private static final int LONGEST_SHOWN = 2_900;

  private SavedForm() {}

  /**
   * What was filled in.
   *
   * @param text as it would be typed
   * @param refused why values were not taken, by field; nothing is run unless it is empty
   */
  record Filled(String text, Map<String, String> refused) {
    Filled {
      refused = Map.copyOf(refused);
    }
  }

  /** The modal, which keeps the channel of the answer and the computation's name. */
  static String view(SavedComputation saved, String channel) {
    ObjectNode view =
        JsonNodeFactory.instance
            .objectNode()
            .put("type", "modal")
            .put("callback_id", CALLBACK)
            .put("private_metadata", channel + " " + saved.name());
    view.set("title", RichText.plain(Truncation.cut(saved.name(), 24)));
    view.set("submit", RichText.plain("Run"));
    view.set("close", RichText.plain("Cancel"));
    ArrayNode blocks = view.putArray("blocks");
    blocks.add(RichText.context(Truncation.cut(Sanitizer.oneLine(saved.request()), 300)));
    saved.parameters().stream().limit(MOST_VALUES).forEach(one -> blocks.add(field(one)));
    if (saved.parameters().size() > MOST_VALUES) {
      blocks.add(RichText.context(notShown(saved)));
    }
    return view.toString();
  }

  private static String notShown(SavedComputation saved) {
    List<Parameter> rest = saved.parameters().subList(MOST_VALUES, saved.parameters().size());
    String names = rest.stream().map(Parameter::name).collect(Collectors.joining(", "));
    String change = " To change one, type: " + saved.name() + " " + rest.getFirst().name() + "=…";
    return "Not shown here, and kept as usual: " + Truncation.cut(names, 1_500) + "." + change;
  }

  private static ObjectNode field(Parameter parameter) {
    String id = VALUE + parameter.name();
    ObjectNode input =
        JsonNodeFactory.instance.objectNode().put("type", "input").put("block_id", id);
    input.put("optional", true);
    String type = parameter.type().name().toLowerCase(Locale.ROOT);
    input.set("label", RichText.plain(Truncation.cut(parameter.name() + " (" + type + ")", 100)));
    ObjectNode element =
        input.putObject("element").put("type", "plain_text_input").put("action_id", id);
    if (parameter.defaultValue().length() > LONGEST_SHOWN) {
      element.set(
          "placeholder", RichText.plain("Too long to show here; leave this empty to keep it"));
    } else if (!parameter.defaultValue().isEmpty()) {
      element.put("initial_value", parameter.defaultValue());
    }
    return input;
  }

  /** The channel that the answer goes to. */
  static String channel(View view) {
    return metadata(view)[0];
  }

  /** The values that were changed; a field that was emptied keeps its usual value. */
  static Filled filled(View view) {
    Map<String, String> shown = shown(view);
    StringBuilder text = new StringBuilder(metadata(view)[1]);
    Map<String, String> refused = new TreeMap<>();
    new TreeMap<>(view.getState().getValues())
        .forEach(
            (block, fields) -> {
              String value = value(fields, block).orElse("").strip();
              if (!block.startsWith(VALUE)
                  || value.isEmpty()
                  || value.equals(shown.getOrDefault(block, "").strip())) {
                return;
              }
              assignment(block.substring(VALUE.length()), value)
                  .ifPresentOrElse(
                      one -> text.append(' ').append(one),
                      () -> refused.put(block, "A value cannot contain both \" and '."));
            });
    return new Filled(text.toString(), refused);
  }

  private static Map<String, String> shown(View view) {
    Map<String, String> shown = new HashMap<>();
    for (LayoutBlock block : Objects.requireNonNullElse(view.getBlocks(), List.<LayoutBlock>of())) {
      if (block instanceof InputBlock input
          && input.getElement() instanceof PlainTextInputElement field
          && field.getInitialValue() != null) {
        shown.put(input.getBlockId(), field.getInitialValue());
      }
    }
    return shown;
  }

  private static Optional<String> value(Map<String, ViewState.Value> fields, String id) {
    return Optional.ofNullable(fields.get(id)).map(ViewState.Value::getValue);
  }

  /** A value as it is typed, in the quotation marks that do not occur in it; empty without any. */
  static Optional<String> assignment(String name, String value) {
    return Stream.of("\"", "'")
        .filter(mark -> !value.contains(mark))
        .findFirst()
        .map(mark -> name + "=" + mark + value + mark);
  }

  private static String[] metadata(View view) {
    String[] parts = Objects.requireNonNullElse(view.getPrivateMetadata(), "").split(" ", 2);
    if (parts.length != 2) {
      throw new IllegalArgumentException("not a form of Reckon");
    }
    return parts;
  }
}

package dev.reckon.adapters.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.slack.api.model.view.View;
import com.slack.api.model.view.ViewState;
import dev.reckon.core.form.Form;
import dev.reckon.core.form.FormField;
import dev.reckon.core.message.Truncation;
import dev.reckon.core.surface.render.Sanitizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Draws forms as modals, and reads what was entered. A field's block and its element are called as
 * the field; code is spread over several blocks, whose names get a number.
 */
final class FormModal {
  /** Slack takes 3,000 characters in one field. */
  private static final int LONGEST_VALUE = 2_900;

  /** Long code is spread over several fields. */
  private static final int CODE_CHARACTERS = 2_800;

  private static final int MOST_CODE_FIELDS = 8;

  private FormModal() {}

  /**
   * The modal.
   *
   * @param callback which of Reckon's handlers gets what is submitted
   * @param metadata kept by Slack until the modal is submitted; up to 3,000 characters
   */
  static String draw(Form form, String callback, String metadata) {
    ObjectNode view = view(form.title(), form.submit(), callback, metadata);
    ArrayNode blocks = view.withArray("blocks");
    if (!form.about().isBlank()) {
      blocks.add(RichText.context(Truncation.cut(Sanitizer.oneLine(form.about()), 300)));
    }
    form.shown().forEach(field -> addField(blocks, field));
    if (!form.omitted().isEmpty()) {
      blocks.add(RichText.context(omitted(form)));
    }
    return view.toString();
  }

  private static String omitted(Form form) {
    String names = form.omitted().stream().map(FormField::name).collect(Collectors.joining(", "));
    return "Not shown here, and kept as usual: %s. To change one, type: %s %s=…"
        .formatted(Truncation.cut(names, 1_500), form.title(), form.omitted().getFirst().name());
  }

  private static void addField(ArrayNode blocks, FormField field) {
    if (field.type() == FormField.Type.CODE) {
      List<String> parts = parts(field.initial());
      for (int part = 0; part < parts.size(); part++) {
        String label = field.label() + (parts.size() == 1 ? "" : ", part " + (part + 1));
        ObjectNode input = input(blocks, field.name() + part, label, part > 0);
        textField(input, field.name() + part, parts.get(part)).put("multiline", true);
      }
      return;
    }
    ObjectNode input = input(blocks, field.name(), label(field), isOptional(field));
    boolean tooLong = field.initial().length() > LONGEST_VALUE;
    ObjectNode element = textField(input, field.name(), tooLong ? "" : field.initial());
    if (field.type() == FormField.Type.PARAGRAPH) {
      element.put("multiline", true);
    }
    String hint = tooLong ? "Too long to show here; leave this empty to keep it" : field.help();
    if (!hint.isBlank()) {
      element.set("placeholder", RichText.plain(Truncation.cut(Sanitizer.oneLine(hint), 150)));
    }
  }

  /** A field that is emptied keeps the value that it has anyway. */
  private static boolean isOptional(FormField field) {
    return !field.required() || !field.initial().isEmpty();
  }

  private static String label(FormField field) {
    boolean anyText =
        field.type() == FormField.Type.LINE || field.type() == FormField.Type.PARAGRAPH;
    return anyText ? field.label() : field.label() + " (" + field.type().description() + ")";
  }

  /** An empty modal. Without the text of a button that submits it, it can only be closed. */
  static ObjectNode view(String title, String submit, String callback, String metadata) {
    ObjectNode view =
        JsonNodeFactory.instance.objectNode().put("type", "modal").put("callback_id", callback);
    view.set("title", RichText.plain(Truncation.cut(title, 24)));
    view.set("close", RichText.plain(submit.isEmpty() ? "Close" : "Cancel"));
    if (!submit.isEmpty()) {
      view.set("submit", RichText.plain(submit));
    }
    view.put("private_metadata", metadata);
    view.putArray("blocks");
    return view;
  }

  static ObjectNode input(ArrayNode blocks, String id, String label, boolean optional) {
    ObjectNode input =
        blocks.addObject().put("type", "input").put("block_id", id).put("optional", optional);
    input.set("label", RichText.plain(Truncation.cut(label, 100)));
    return input;
  }

  static ObjectNode textField(ObjectNode input, String id, String filledIn) {
    ObjectNode field =
        input.putObject("element").put("type", "plain_text_input").put("action_id", id);
    if (!filledIn.isEmpty()) {
      field.put("initial_value", Truncation.cut(filledIn, 3_000));
    }
    return field;
  }

  /** Code to be read, without a field. */
  static String code(Form form) {
    ObjectNode view = view(form.title(), "", Forms.CALLBACK, "");
    ArrayNode blocks = view.withArray("blocks");
    for (String part : parts(form.fields().getFirst().initial())) {
      blocks.add(new RichText().preformatted(part).block());
    }
    return view.toString();
  }

  /** The values that were typed, by the fields' names; a field that was left empty has none. */
  static Map<String, String> entered(View view) {
    Map<String, String> entered = new HashMap<>();
    values(view)
        .forEach(
            (block, fields) ->
                Optional.ofNullable(fields.get(block))
                    .map(ViewState.Value::getValue)
                    .filter(value -> !value.isBlank())
                    .ifPresent(value -> entered.put(block, value)));
    return entered;
  }

  /** The code in the fields of that name, put together again. */
  static String enteredCode(View view, String name) {
    List<String> parts = new ArrayList<>();
    for (int part = 0; part < MOST_CODE_FIELDS; part++) {
      String id = name + part;
      value(view, id).map(ViewState.Value::getValue).ifPresent(parts::add);
    }
    return String.join("\n", parts);
  }

  /** What was entered into a block whose element is called as the block. */
  static Optional<ViewState.Value> value(View view, String block) {
    return Optional.ofNullable(values(view).get(block)).map(values -> values.get(block));
  }

  /** A block in which an error can be shown. */
  static String firstInput(View view) {
    return values(view).keySet().stream().findFirst().orElse(Forms.REQUEST);
  }

  private static Map<String, Map<String, ViewState.Value>> values(View view) {
    return view.getState() == null
        ? Map.of()
        : Objects.requireNonNullElse(view.getState().getValues(), Map.of());
  }

  /** Code in parts that fit into fields, parted between lines. */
  static List<String> parts(String code) {
    List<String> parts = new ArrayList<>();
    List<String> part = new ArrayList<>();
    int length = 0;
    for (String line : code.split("\n", -1)) {
      if (!part.isEmpty() && length + line.length() + 1 > CODE_CHARACTERS) {
        parts.add(String.join("\n", part));
        part.clear();
        length = 0;
      }
      part.add(line);
      length += line.length() + 1;
    }
    parts.add(String.join("\n", part));
    return parts;
  }

  /** Whether code can be shown and changed in a modal at all. */
  static boolean fits(String code) {
    List<String> parts = parts(code);
    return parts.size() <= MOST_CODE_FIELDS
        && parts.stream().allMatch(part -> part.length() <= 3_000);
  }
}

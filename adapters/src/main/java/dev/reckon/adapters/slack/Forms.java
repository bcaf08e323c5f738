package dev.reckon.adapters.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.slack.api.model.File;
import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.Truncation;
import dev.reckon.core.surface.render.Sanitizer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Draws Reckon's modals. Block and action ids are the same, and name what is asked. */
final class Forms {
  /** The callback id of every modal of Reckon's. */
  static final String CALLBACK = "reckon.form";

  static final String REQUEST = "request";
  static final String FILES = "files";
  static final String RECENT = "recent";
  static final String CODE = "code";
  static final String NAME = "name";
  static final String COMPLAINT = "complaint";
  static final String CHANNEL = "channel";

  /** Slack takes 3,000 characters in one field; long code is spread over several. */
  private static final int FIELD_CHARACTERS = 2_800;

  /** How many fields of code a modal has at most. */
  static final int MOST_CODE_FIELDS = 8;

  private static final int MOST_RECENT = 10;

  private Forms() {}

  /** Asks for a request and files. */
  static String request(FormContext context, String filledIn, List<File> recent) {
    ObjectNode view = view("Compute", "Compute", context);
    ArrayNode blocks = view.withArray("blocks");
    ObjectNode request =
        input(blocks, REQUEST, "What should be computed?", context.files().isEmpty());
    request.put("optional", false);
    textField(request, REQUEST, filledIn)
        .put("multiline", true)
        .set("placeholder", RichText.plain("average salary by department, from the attached CSV"));
    if (!context.files().isEmpty()) {
      String names =
          String.join(", ", context.files().stream().map(Attachment.Remote::name).toList());
      blocks.add(RichText.context(Sanitizer.VERBATIM.line("With " + names, 1_000)));
    }
    ObjectNode files = input(blocks, FILES, "Files", true);
    files
        .putObject("element")
        .put("type", "file_input")
        .put("action_id", FILES)
        .put("max_files", 10);
    addRecent(blocks, recent);
    return view.toString();
  }

  private static void addRecent(ArrayNode blocks, List<File> recent) {
    if (recent.isEmpty()) {
      return;
    }
    ObjectNode choice = input(blocks, RECENT, "Or files that you uploaded lately", true);
    ArrayNode options =
        choice
            .putObject("element")
            .put("type", "checkboxes")
            .put("action_id", RECENT)
            .putArray("options");
    for (File file : recent.subList(0, Math.min(MOST_RECENT, recent.size()))) {
      ObjectNode option = options.addObject();
      String name =
          file.getName() == null || file.getName().isBlank() ? file.getId() : file.getName();
      option.set("text", RichText.plain(Sanitizer.VERBATIM.line(name, 75)));
      option.put("value", file.getId());
    }
  }

  /** The code of an answer, to be changed and run. */
  static String edit(FormContext context, String code) {
    ObjectNode view = view("Edit and run", "Run", context);
    ArrayNode blocks = view.withArray("blocks");
    List<String> fields = fields(code);
    for (int part = 0; part < fields.size(); part++) {
      String label = fields.size() == 1 ? "Python" : "Python, part " + (part + 1);
      ObjectNode input = input(blocks, CODE + part, label, part > 0);
      textField(input, CODE + part, fields.get(part)).put("multiline", true);
    }
    return view.toString();
  }

  /** The code of an answer, to be read. */
  static String code(String code) {
    ObjectNode view = view("Code", "", null);
    ArrayNode blocks = view.withArray("blocks");
    for (String part : fields(code)) {
      blocks.add(new RichText().preformatted(part).block());
    }
    return view.toString();
  }

  static String save(FormContext context, String suggested) {
    ObjectNode view = view("Save", "Save", context);
    ObjectNode input =
        input(view.withArray("blocks"), NAME, "A name that the team will type", false);
    textField(input, NAME, suggested).set("placeholder", RichText.plain("burn-rate"));
    return view.toString();
  }

  static String complaint(FormContext context) {
    ObjectNode view = view("What is wrong?", "Repair", context);
    ObjectNode input = input(view.withArray("blocks"), COMPLAINT, "What should be different", true);
    textField(input, COMPLAINT, "")
        .put("multiline", true)
        .set("placeholder", RichText.plain("refunds must not count"));
    return view.toString();
  }

  static String share(FormContext context) {
    ObjectNode view = view("Share", "Share", context);
    ObjectNode input = input(view.withArray("blocks"), CHANNEL, "Channel", false);
    input
        .putObject("element")
        .put("type", "conversations_select")
        .put("action_id", CHANNEL)
        .put("response_url_enabled", true)
        .putObject("filter")
        .put("exclude_bot_users", true)
        .putArray("include")
        .add("public")
        .add("private");
    return view.toString();
  }

  private static ObjectNode view(String title, String submit, @Nullable FormContext context) {
    ObjectNode view =
        JsonNodeFactory.instance.objectNode().put("type", "modal").put("callback_id", CALLBACK);
    view.set("title", RichText.plain(title));
    view.set("close", RichText.plain(submit.isEmpty() ? "Close" : "Cancel"));
    if (!submit.isEmpty()) {
      view.set("submit", RichText.plain(submit));
    }
    if (context != null) {
      view.put("private_metadata", context.metadata());
    }
    view.putArray("blocks");
    return view;
  }

  private static ObjectNode input(ArrayNode blocks, String id, String label, boolean optional) {
    ObjectNode input =
        blocks.addObject().put("type", "input").put("block_id", id).put("optional", optional);
    input.set("label", RichText.plain(label));
    return input;
  }

  private static ObjectNode textField(ObjectNode input, String id, String filledIn) {
    ObjectNode field =
        input.putObject("element").put("type", "plain_text_input").put("action_id", id);
    if (!filledIn.isEmpty()) {
      field.put("initial_value", Truncation.cut(filledIn, 3_000));
    }
    return field;
  }

  /** Code in parts that fit into fields, parted between lines. */
  static List<String> fields(String code) {
    List<String> fields = new ArrayList<>();
    List<String> field = new ArrayList<>();
    int length = 0;
    for (String line : code.split("\n", -1)) {
      if (!field.isEmpty() && length + line.length() + 1 > FIELD_CHARACTERS) {
        fields.add(String.join("\n", field));
        field.clear();
        length = 0;
      }
      field.add(line);
      length += line.length() + 1;
    }
    fields.add(String.join("\n", field));
    return fields;
  }

  /** Whether code can be shown and changed in a modal at all. */
  static boolean fits(String code) {
    List<String> fields = fields(code);
    return fields.size() <= MOST_CODE_FIELDS
        && fields.stream().allMatch(field -> field.length() <= 3_000);
  }
}

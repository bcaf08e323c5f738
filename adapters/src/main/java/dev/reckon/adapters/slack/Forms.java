package dev.reckon.adapters.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.slack.api.model.File;
import dev.reckon.core.message.Attachment;
import dev.reckon.core.surface.render.Sanitizer;
import java.util.List;

/**
 * The modals whose fields only Slack has: files, and a choice of channels. {@link FormModal} draws
 * all others. A block and its element have the same name.
 */
final class Forms {
  /** The callback id of every modal of Reckon's. */
  static final String CALLBACK = "reckon.form";

  static final String REQUEST = "request";
  static final String FILES = "files";
  static final String RECENT = "recent";
  static final String CHANNEL = "channel";

  private static final int MOST_RECENT = 10;

  private Forms() {}

  /** Asks for a request and files. */
  static String request(FormContext context, String filledIn, List<File> recent) {
    ObjectNode view = FormModal.view("Compute", "Compute", CALLBACK, context.metadata());
    ArrayNode blocks = view.withArray("blocks");
    ObjectNode request =
        FormModal.input(blocks, REQUEST, "What should be computed?", context.files().isEmpty());
    request.put("optional", false);
    FormModal.textField(request, REQUEST, filledIn)
        .put("multiline", true)
        .set("placeholder", RichText.plain("average salary by department, from the attached CSV"));
    if (!context.files().isEmpty()) {
      String names =
          String.join(", ", context.files().stream().map(Attachment.Remote::name).toList());
      blocks.add(RichText.context(Sanitizer.VERBATIM.line("With " + names, 1_000)));
    }
    ObjectNode files = FormModal.input(blocks, FILES, "Files", true);
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
    ObjectNode choice = FormModal.input(blocks, RECENT, "Or files that you uploaded lately", true);
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

  static String share(FormContext context) {
    ObjectNode view = FormModal.view("Share", "Share", CALLBACK, context.metadata());
    ObjectNode input = FormModal.input(view.withArray("blocks"), CHANNEL, "Channel", false);
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
}

package dev.reckon.adapters.web;

import dev.reckon.core.command.ProgramInputs;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Person;
import dev.reckon.core.store.Files;
import dev.reckon.core.store.Files.StoredFile;
import dev.reckon.core.store.SavedComputation.Parameter;
import dev.reckon.core.store.TurnRecord;
import dev.reckon.core.surface.render.Sanitizer;
import java.util.ArrayList;
import java.util.List;

/**
 * The form that runs a computation's program again, with other values or on other files. Whoever
 * asked has the files that they attached; other readers attach their own. Runs of what was asked in
 * a chat are in a conversation of the visitor's own in the browser.
 */
final class RunAgainForm {
  private final Files files;

  RunAgainForm(Files files) {
    this.files = files;
  }

  /** The inputs of a turn's program. */
  ProgramInputs inputs(TurnRecord turn, String code) {
    return ProgramInputs.of(
        code, files.list(turn.conversation()).stream().map(StoredFile::name).toList());
  }

  /** Where a visitor's runs of that turn's program go. */
  static ConversationId conversation(TurnRecord turn, Person person) {
    boolean here =
        turn.conversation().value().startsWith(WebSurface.NAME + "/")
            && turn.person().equals(person.id());
    return here ? turn.conversation() : RunOrigin.conversation(turn.id(), person.id());
  }

  /** The form, with a link to the conversation where it is one of the visitor's. */
  Html of(Computation it, Visitor visitor) {
    if (it.result().code().isBlank()) {
      return Html.none();
    }
    boolean own = it.turn().person().equals(visitor.person().id());
    ConversationId conversation = conversation(it.turn(), visitor.person());
    ProgramInputs inputs = inputs(it.turn(), it.result().code());
    List<Html> fields = new ArrayList<>();
    for (Parameter parameter : inputs.parameters()) {
      fields.add(ValueField.of(parameter));
    }
    for (String file : inputs.files()) {
      fields.add(file(file, own, own && inputs.files().size() == 1));
    }
    Element form =
        Html.el("form", fields.isEmpty() ? "values bare" : "values")
            .attr("data-again", it.turn().id())
            .attr("data-conversation", Addresses.key(conversation))
            .add(fields)
            .add(
                Html.el("p", "warning").attr("role", "status").attr("aria-live", "polite"),
                Html.el("div", "buttons")
                    .add(
                        Html.el("button", "send").attr("type", "submit").text("Run again"),
                        conversation.equals(it.turn().conversation())
                            ? Html.el("a", "open")
                                .attr("href", Addresses.of(conversation))
                                .text("Open conversation")
                            : Html.none()));
    return ComputationView.section(
            fields.isEmpty() ? "Run again" : "Run again with other values or files", form)
        .attr("class", "needs-scripts");
  }

  /**
   * A field for a file that the program opens.
   *
   * @param kept whether the file of the run before is used when the field stays empty
   * @param named whether the new file keeps its own name; otherwise it is sent under the name that
   *     the program opens
   */
  private static Html file(String name, boolean kept, boolean named) {
    String shown = Sanitizer.fileName(name, 100);
    String id = "f-" + Integer.toHexString(name.hashCode());
    Element input = Html.el("input").attr("id", id).attr("type", "file").flag("required", !kept);
    if (!named) {
      input.attr("data-as", name);
    }
    return Html.el("div", "field")
        .add(
            Html.el("label").attr("for", id).text("File instead of " + shown),
            input,
            Html.el("p", "note")
                .text(
                    kept
                        ? "Leave it empty to use %s as it is now.".formatted(shown)
                        : "The program opens it as %s.".formatted(shown)));
  }
}

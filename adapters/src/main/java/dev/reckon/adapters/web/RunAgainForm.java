package dev.reckon.adapters.web;

import dev.reckon.core.command.ProgramInputs;
import dev.reckon.core.command.ValueForms;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Person;
import dev.reckon.core.store.Files;
import dev.reckon.core.store.Files.StoredFile;
import dev.reckon.core.store.TurnRecord;
import dev.reckon.core.surface.render.Sanitizer;
import java.util.List;

/**
 * The form that runs a computation's program again, with other values or on other files. Whoever
 * asked, and is still where they did, has the files that the program opened; other readers attach
 * their own. Runs of what was asked in a chat are in a conversation of the visitor's own in the
 * browser.
 */
final class RunAgainForm {
  private final Files files;
  private final TurnReader turns;

  RunAgainForm(Files files, TurnReader turns) {
    this.files = files;
    this.turns = turns;
  }

  /** The inputs of a turn's program; its files are those of the time when it began. */
  ProgramInputs inputs(TurnRecord turn, String code) {
    return ProgramInputs.of(
        code,
        files.listAt(turn.conversation(), turn.startedAt()).stream()
            .map(StoredFile::name)
            .toList());
  }

  /** Where it cannot be checked, they attach files: the page is shown nevertheless. */
  private boolean hasFiles(Computation it, Visitor visitor) {
    try {
      return turns.hasFiles(it.turn(), visitor.person());
    } catch (RefusedRequest unknown) {
      return false;
    }
  }

  /** Where a visitor's runs of that turn's program go. */
  static ConversationId conversation(TurnRecord turn, Person person) {
    boolean here = Addresses.isOfBrowser(turn.conversation()) && turn.person().equals(person.id());
    return here ? turn.conversation() : RunOrigin.conversation(turn.id(), person.id());
  }

  /** The form, with a link to the conversation where it is one of the visitor's. */
  Html of(Computation it, Visitor visitor) {
    if (it.result().code().isBlank()) {
      return Html.none();
    }
    boolean kept = hasFiles(it, visitor);
    ConversationId conversation = conversation(it.turn(), visitor.person());
    ProgramInputs inputs = inputs(it.turn(), it.result().code());
    List<Html> fields = FormFields.of(ValueForms.of(inputs));
    for (String file : inputs.files()) {
      fields.add(file(file, when(it, conversation, kept), inputs.files().size() == 1));
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
    return Html.section(
            fields.isEmpty() ? "Run again" : "Run again with other values or files", form)
        .attr("class", "needs-scripts");
  }

  private static String when(Computation it, ConversationId conversation, boolean kept) {
    if (!kept) {
      return "";
    }
    return conversation.equals(it.turn().conversation()) ? "is now" : "was then";
  }

  /**
   * A field for a file that the program opens.
   *
   * @param kept how the program's own file is used when the field stays empty; empty when it is not
   * @param single whether it is the only one. Then a new file stands in under its own name where
   *     there is the program's; otherwise it is sent under the name that the program opens
   */
  private static Html file(String name, String kept, boolean single) {
    String shown = Sanitizer.fileName(name, 100);
    String id = "f-" + Integer.toHexString(name.hashCode());
    Element input =
        Html.el("input").attr("id", id).attr("type", "file").flag("required", kept.isEmpty());
    if (kept.isEmpty() || !single) {
      input.attr("data-as", name);
    }
    return Html.el("div", "field")
        .add(
            Html.el("label").attr("for", id).text("File instead of " + shown),
            input,
            Html.el("p", "note")
                .text(
                    kept.isEmpty()
                        ? "The program opens it as %s.".formatted(shown)
                        : "Leave it empty to use %s as it %s.".formatted(shown, kept)));
  }
}

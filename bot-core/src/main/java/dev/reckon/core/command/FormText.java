package dev.reckon.core.command;

import dev.reckon.core.form.Form;
import dev.reckon.core.form.FormField;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.Reply;
import java.util.List;

/** Draws a form as a reply, where people type its values into their next message. */
final class FormText {
  private FormText() {}

  /**
   * A refusal with the form that was filled in wrongly.
   *
   * @param sentence what does not fit
   */
  static Interpretation refuse(String sentence, Form form) {
    if (form.fields().isEmpty()) {
      return Interpretation.refuse(sentence);
    }
    boolean explained = form.shown().stream().anyMatch(field -> !field.help().isBlank());
    List<String> header = List.of("name", "value", "now", "about").subList(0, explained ? 4 : 3);
    List<List<String>> rows =
        form.shown().stream().map(field -> row(field).subList(0, header.size())).toList();
    return new Interpretation.Say(
        new Reply(
            0, Reply.Kind.REFUSED, sentence, List.of(new Block.Table(header, rows)), List.of()));
  }

  private static List<String> row(FormField field) {
    return List.of(field.name(), field.type().description(), field.initial(), field.help());
  }
}

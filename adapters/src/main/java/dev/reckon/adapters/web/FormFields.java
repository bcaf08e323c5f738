package dev.reckon.adapters.web;

import dev.reckon.core.form.Form;
import dev.reckon.core.form.FormField;
import dev.reckon.core.surface.render.Sanitizer;
import java.util.ArrayList;
import java.util.List;

/** Draws the fields of forms that scripts of a page send. */
final class FormFields {
  private FormFields() {}

  /** A field for each value that the form shows, and a note of those that it does not. */
  static List<Html> of(Form form) {
    List<Html> fields = new ArrayList<>();
    form.shown().forEach(field -> fields.add(field(field)));
    if (!form.omitted().isEmpty()) {
      fields.add(
          Html.el("p", "note")
              .text(
                  "The first %d of %d values of the program. Change others in its code."
                      .formatted(form.shown().size(), form.fields().size())));
    }
    return fields;
  }

  private static Html field(FormField field) {
    String id = "p-" + field.name();
    Element input =
        Html.el("input")
            .attr("id", id)
            .attr("data-field", field.name())
            .attr("value", field.initial())
            .flag("required", field.required() && field.type() != FormField.Type.BOOLEAN);
    switch (field.type()) {
      case INTEGER -> input.attr("type", "number").attr("step", "1");
      case NUMBER -> input.attr("type", "number").attr("step", "any");
      case BOOLEAN ->
          input.attr("type", "checkbox").flag("checked", FormField.isYes(field.initial()));
      case LINE, PARAGRAPH, CODE -> input.attr("type", "text").attr("maxlength", 1_000);
    }
    return Html.el("div", "field")
        .add(
            Html.el("label").attr("for", id).text(field.label()),
            input,
            field.help().isBlank()
                ? Html.none()
                : Html.el("p", "note").text(Sanitizer.oneLine(field.help())));
  }

  /** What a button asks for with a form of one field, for the script that opens it. */
  static void describe(Element button, Form form) {
    FormField field = form.fields().getFirst();
    button
        .attr("data-ask", field.label())
        .attr("data-help", field.help())
        .flag("data-optional", !field.required());
  }
}

package dev.reckon.core.command;

import dev.reckon.core.form.Form;
import dev.reckon.core.form.FormField;
import dev.reckon.core.store.SavedComputation;
import dev.reckon.core.store.SavedComputation.Parameter;
import java.util.List;
import java.util.Map;

/** The forms for the values of programs. */
public final class ValueForms {
  private ValueForms() {}

  /** The form of a saved computation: its parameters, with their defaults. */
  public static Form of(SavedComputation saved) {
    return form(saved.name(), "Run", saved.request(), saved.parameters(), saved.code());
  }

  /** The form that runs a program again with other values. */
  public static Form of(ProgramInputs inputs) {
    return form("Run again", "Run again", "", inputs.parameters(), inputs.code());
  }

  private static Form form(
      String title, String submit, String about, List<Parameter> parameters, String code) {
    Map<String, String> comments = Parameters.comments(code);
    return new Form(
        title,
        submit,
        about,
        parameters.stream().map(one -> field(one, comments.getOrDefault(one.name(), ""))).toList());
  }

  /** The field of a parameter. */
  static FormField field(Parameter parameter, String help) {
    FormField.Type type =
        switch (parameter.type()) {
          case INTEGER -> FormField.Type.INTEGER;
          case NUMBER -> FormField.Type.NUMBER;
          case BOOLEAN -> FormField.Type.BOOLEAN;
          case TEXT -> FormField.Type.LINE;
        };
    return new FormField(
        parameter.name(),
        parameter.name().replace('_', ' '),
        type,
        parameter.defaultValue(),
        help,
        type != FormField.Type.LINE);
  }
}

package dev.reckon.core.command;

import dev.reckon.core.form.Form;
import dev.reckon.core.form.FormField;
import dev.reckon.core.message.Action;
import java.util.List;
import java.util.Optional;

/** The forms that buttons open before what they do is done. */
public final class ActionForms {
  /** The name under which something is saved. */
  static final FormField NAME =
      new FormField(
          "name",
          "A name that the team will type",
          FormField.Type.LINE,
          "",
          "Lower-case letters, digits, - and _, such as burn-rate",
          true);

  private static final Form SAVE = new Form("Save", "Save", "", List.of(NAME));

  private static final Form WRONG =
      new Form(
          "What is wrong?",
          "Repair",
          "",
          List.of(
              new FormField(
                  "complaint",
                  "What should be different",
                  FormField.Type.PARAGRAPH,
                  "",
                  "Such as: refunds must not count",
                  false)));

  private ActionForms() {}

  /**
   * The form of a button; empty if its action needs nothing from the person. Its first field is
   * what the action takes as input.
   *
   * @param code the program of the answer that the button belongs to
   */
  public static Optional<Form> of(Action.Verb verb, String code) {
    return switch (verb) {
      case SAVE -> Optional.of(SAVE);
      case WRONG -> Optional.of(WRONG);
      case EDIT -> Optional.of(code("Edit and run", "Run", code));
      case SHOW_CODE -> Optional.of(code("Code", "", code));
      case CANCEL, AGAIN, SHOW_EVIDENCE, CHART, SHARE, GOOD, CONFIRM, RERUN_EDITED, SUGGESTION ->
          Optional.empty();
    };
  }

  private static Form code(String title, String submit, String code) {
    return new Form(
        title,
        submit,
        "",
        List.of(new FormField("code", "Python", FormField.Type.CODE, code, "", true)));
  }
}

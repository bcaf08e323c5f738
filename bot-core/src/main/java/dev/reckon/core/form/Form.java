package dev.reckon.core.form;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a person fills in before something is done.
 *
 * @param title a few words
 * @param submit what the button that sends it is called
 * @param about what it is for, one line; may be empty
 * @param fields in the order in which people read them, with distinct names
 */
public record Form(String title, String submit, String about, List<FormField> fields) {
  /** A longer form helps nobody, and Slack shows up to 100 blocks. */
  private static final int MOST_SHOWN = 40;

  public Form {
    fields = List.copyOf(fields);
  }

  /** What was entered into a form. */
  public sealed interface Entry {
    /**
     * Every value fits its field.
     *
     * @param changed the values that differ from the fields' initial ones, by the fields' names, in
     *     the order of the fields
     */
    record Accepted(Map<String, String> changed) implements Entry {}

    /**
     * Something does not fit; nothing must be done.
     *
     * @param problems sentences for people, by the fields' names, in the order of the fields
     */
    record Refused(Map<String, String> problems) implements Entry {}
  }

  /** The fields that a surface draws. */
  public List<FormField> shown() {
    return fields.subList(0, Math.min(MOST_SHOWN, fields.size()));
  }

  /** The fields that there is no room for; they keep their values unless given in another way. */
  public List<FormField> omitted() {
    return fields.subList(shown().size(), fields.size());
  }

  /**
   * Checks what was entered.
   *
   * @param entered values by the names of fields; a field without one keeps its initial value.
   *     Blanks around a value do not count, except in code
   */
  public Entry read(Map<String, String> entered) {
    Map<String, String> changed = new LinkedHashMap<>();
    Map<String, String> problems = new LinkedHashMap<>();
    for (FormField field : fields) {
      String value = typed(field, entered.getOrDefault(field.name(), field.initial()));
      boolean kept = value.equals(field.initial()) && !(value.isBlank() && field.required());
      if (!kept) {
        field
            .problem(value)
            .ifPresentOrElse(
                problem -> problems.put(field.name(), problem),
                () -> changed.put(field.name(), value));
      }
    }
    Set<String> known = fields.stream().map(FormField::name).collect(Collectors.toSet());
    for (String name : entered.keySet()) {
      if (!known.contains(name)) {
        problems.put(name, "There is no value \"%s\".".formatted(name));
      }
    }
    return problems.isEmpty() ? new Entry.Accepted(changed) : new Entry.Refused(problems);
  }

  /** Blanks around a value are slips of the keyboard, unless it had them before. */
  private static String typed(FormField field, String value) {
    boolean exact = field.type() == FormField.Type.CODE || value.equals(field.initial());
    return exact ? value : value.strip();
  }
}

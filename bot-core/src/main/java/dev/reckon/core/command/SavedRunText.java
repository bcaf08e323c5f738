package dev.reckon.core.command;

import dev.reckon.core.label.Label;
import dev.reckon.core.store.SavedComputation;
import dev.reckon.core.store.SavedComputation.Parameter;
import dev.reckon.core.turn.SavedRun;
import java.util.List;
import java.util.Map;

/**
 * What people read of one run of a saved computation.
 *
 * @param given the values that were given, by the names of parameters
 */
record SavedRunText(SavedComputation saved, Map<String, String> given) {
  /** What the answer tells of the computation, and of values that its files do not contain. */
  SavedRun note() {
    return new SavedRun(badge(), SoughtTexts.of(saved.parameters(), given));
  }

  /** The run as it is typed, and where the computation comes from. */
  String title() {
    List<Parameter> values = values();
    return "%s (version %d, saved by %s, %s, %s%s)"
        .formatted(
            values.isEmpty() ? saved.name() : saved.name() + " " + Parameters.words(values),
            saved.version(),
            saved.savedByName(),
            Timestamps.of(saved.savedAt()),
            saved.status(),
            saved.flag() == null ? "" : "; " + saved.flag());
  }

  private String badge() {
    List<Parameter> values = values();
    String called =
        values.isEmpty() ? saved.name() : saved.name() + ", " + Parameters.spelled(values);
    return saved.flag() == null
        ? Label.STATUS_SAVED.text(called, saved.status(), Timestamps.day(saved.savedAt()))
        : Label.STATUS_SAVED_IN_DOUBT.text(called, saved.flag());
  }

  private List<Parameter> values() {
    return saved.parameters().stream()
        .map(
            one ->
                new Parameter(
                    one.name(), one.type(), given.getOrDefault(one.name(), one.defaultValue())))
        .toList();
  }
}

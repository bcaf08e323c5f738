package dev.reckon.core.command;

import dev.reckon.core.label.Label;
import dev.reckon.core.store.Files;
import dev.reckon.core.store.SavedComputation;
import dev.reckon.core.store.SavedComputation.Parameter;
import dev.reckon.core.turn.AttachedFile;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds values that a program is given and that none of its files contain. */
final class AbsentValues {
  /** Keeps the search for a value in a file short. */
  private static final int LONGEST_LOOKED_UP = 100;

  private AbsentValues() {}

  /**
   * Sentences about texts that occur in none of the files, which may leave the program no rows.
   *
   * @param parameters of the program
   * @param given values by the names of parameters; those that keep their values are not looked up
   * @param opened names of the files that the program opens
   * @return empty when every text occurs in a file
   */
  static String of(
      List<Parameter> parameters,
      Map<String, String> given,
      Collection<String> opened,
      List<AttachedFile> layout,
      Files files) {
    List<AttachedFile> read = layout.stream().filter(file -> opened.contains(file.name())).toList();
    List<Parameter> texts =
        parameters.stream()
            .filter(
                one ->
                    one.type() == SavedComputation.Type.TEXT && isLookedUp(given.get(one.name())))
            .map(
                one ->
                    new Parameter(
                        one.name(), SavedComputation.Type.TEXT, given.getOrDefault(one.name(), "")))
            .toList();
    if (read.isEmpty() || texts.isEmpty()) {
      return "";
    }
    List<String> contents =
        read.stream()
            .flatMap(file -> files.read(file.id()).stream())
            .map(content -> new String(content, StandardCharsets.UTF_8))
            .toList();
    String where = read.stream().map(AttachedFile::known).collect(Collectors.joining(", "));
    return texts.stream()
        .filter(value -> contents.stream().noneMatch(text -> text.contains(value.defaultValue())))
        .map(value -> Label.STATUS_VALUE_ABSENT.text(Parameters.spelled(List.of(value)), where))
        .collect(Collectors.joining(" "));
  }

  private static boolean isLookedUp(@Nullable String value) {
    return value != null && !value.isBlank() && value.length() <= LONGEST_LOOKED_UP;
  }
}

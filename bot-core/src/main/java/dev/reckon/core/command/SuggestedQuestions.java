package dev.reckon.core.command;

import dev.reckon.core.files.FileProfile;
import dev.reckon.core.files.FileProfile.Column;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Questions that a table could answer, made from its columns without a model. Only columns whose
 * name is no value are named in them.
 */
final class SuggestedQuestions {
  private static final int MOST = 3;
  private static final Set<Column.Kind> NUMBERS =
      Set.of(Column.Kind.INTEGER, Column.Kind.NUMBER, Column.Kind.FORMATTED_NUMBER);

  private SuggestedQuestions() {}

  static List<String> about(FileProfile profile) {
    List<Column> named = profile.columns().stream().filter(Column::named).toList();
    Optional<Column> amount =
        named.stream()
            .filter(column -> NUMBERS.contains(column.kind()) && !isKey(column))
            .findFirst();
    Optional<Column> group =
        named.stream()
            .filter(column -> column.kind() == Column.Kind.TEXT && !isKey(column))
            .findFirst();
    Optional<Column> date =
        named.stream().filter(column -> column.kind() == Column.Kind.DATE).findFirst();
    if (profile.columns().isEmpty()) {
      return List.of();
    }
    return Stream.of(
            amount.flatMap(a -> group.map(g -> "average %s by %s".formatted(a.name(), g.name()))),
            amount.flatMap(
                a -> date.map(d -> "total %s by month of %s".formatted(a.name(), d.name()))),
            amount.map(a -> "the 5 rows with the highest %s".formatted(a.name())),
            group.map(g -> "how many rows there are for each %s".formatted(g.name())),
            Optional.of("how many values are missing in each column"),
            Optional.of("how many rows are duplicates"),
            Optional.of("a summary of every column"))
        .flatMap(Optional::stream)
        .limit(MOST)
        .toList();
  }

  private static boolean isKey(Column column) {
    String name = column.name().toLowerCase(Locale.ROOT);
    return name.equals("id") || name.endsWith("_id") || name.endsWith(" id") || name.isBlank();
  }
}

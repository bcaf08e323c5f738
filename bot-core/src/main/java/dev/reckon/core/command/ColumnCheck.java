package dev.reckon.core.command;

import dev.reckon.core.store.Files.StoredFile;
import dev.reckon.core.store.SavedComputation;
import dev.reckon.core.turn.AttachedFile;
import java.util.List;
import java.util.Optional;

/** Finds the columns that a program needs, and the file of a conversation that has them. */
final class ColumnCheck {
  private final FileSchemas tables;

  ColumnCheck(FileSchemas tables) {
    this.tables = tables;
  }

  /** Column names of the opened tables that occur in the program as texts. */
  List<String> needed(List<String> texts, List<String> opened, FileBinding files) {
    return opened.stream()
        .flatMap(name -> files.named(name).stream())
        .flatMap(file -> tables.columns(file).stream())
        .filter(texts::contains)
        .distinct()
        .toList();
  }

  /**
   * The files for a saved computation, with the one that fits under the name that it opens.
   *
   * @throws IllegalArgumentException if none fits, in words for people
   */
  List<AttachedFile> layout(SavedComputation saved, FileBinding files) {
    if (saved.files().isEmpty()) {
      return files.plain();
    }
    List<StoredFile> candidates = files.attached().isEmpty() ? files.all() : files.attached();
    if (candidates.isEmpty()) {
      throw new IllegalArgumentException("Attach a table to run it on." + wants(saved));
    }
    if (saved.files().size() > 1) {
      return several(saved, files);
    }
    String opened = saved.files().getFirst();
    List<StoredFile> fitting =
        candidates.stream().filter(file -> missing(saved, file).isEmpty()).toList();
    Optional<StoredFile> chosen =
        fitting.stream()
            .filter(file -> file.name().equals(opened))
            .findFirst()
            .or(() -> fitting.stream().max((a, b) -> a.createdAt().compareTo(b.createdAt())));
    return chosen
        .map(file -> files.with(file, opened))
        .orElseThrow(
            () -> {
              StoredFile nearest = candidates.getLast();
              return new IllegalArgumentException(
                  "%s lacks the column%s %s; it has: %s."
                      .formatted(
                          nearest.name(),
                          missing(saved, nearest).size() == 1 ? "" : "s",
                          String.join(", ", missing(saved, nearest)),
                          String.join(", ", tables.columns(nearest))));
            });
  }

  private static List<AttachedFile> several(SavedComputation saved, FileBinding files) {
    List<String> absent =
        saved.files().stream().filter(name -> files.named(name).isEmpty()).toList();
    if (!absent.isEmpty()) {
      throw new IllegalArgumentException(
          "It opens several files, and these are not here under their names: "
              + String.join(", ", absent)
              + ".");
    }
    return files.plain();
  }

  private List<String> missing(SavedComputation saved, StoredFile file) {
    List<String> has = tables.columns(file);
    return saved.columns().stream().filter(column -> !has.contains(column)).toList();
  }

  private static String wants(SavedComputation saved) {
    return saved.columns().isEmpty()
        ? ""
        : " It needs the columns: " + String.join(", ", saved.columns()) + ".";
  }
}

package dev.reckon.core.command;

import dev.reckon.core.store.Files.StoredFile;
import dev.reckon.core.turn.AttachedFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Maps the conversation's files to the names that a program opens. */
final class FileBinding {
  private final List<StoredFile> all;
  private final List<StoredFile> attached;

  /**
   * A layout.
   *
   * @param all the conversation's files
   * @param attached names of those that came with this very message
   */
  FileBinding(List<StoredFile> all, List<String> attached) {
    this.all = all;
    this.attached = all.stream().filter(file -> attached.contains(file.name())).toList();
  }

  /** The files as they are called. */
  List<AttachedFile> plain() {
    return all.stream().map(file -> called(file.name(), file)).toList();
  }

  /** The files, and {@code chosen} once more under the name {@code opened}. */
  List<AttachedFile> with(StoredFile chosen, String opened) {
    List<AttachedFile> files = new ArrayList<>(plain());
    files.removeIf(file -> file.name().equals(opened));
    files.add(called(opened, chosen));
    return files;
  }

  private AttachedFile called(String name, StoredFile file) {
    return new AttachedFile(
        file.id(), name, file.bytes(), attached.contains(file), file.attached());
  }

  /**
   * For a program that opened certain files when it ran first: a single new file takes the place of
   * the single one that it opened.
   */
  List<AttachedFile> standIn(List<String> opened) {
    return attached.size() == 1 && opened.size() == 1
        ? with(attached.getFirst(), opened.getFirst())
        : plain();
  }

  Optional<StoredFile> named(String name) {
    return all.stream().filter(file -> file.name().equals(name)).findFirst();
  }

  List<StoredFile> all() {
    return all;
  }

  List<StoredFile> attached() {
    return attached;
  }
}

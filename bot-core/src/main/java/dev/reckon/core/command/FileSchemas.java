package dev.reckon.core.command;

import dev.reckon.core.files.FileProfile;
import dev.reckon.core.files.FileProfiles;
import dev.reckon.core.store.Files.StoredFile;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What the conversation's files are. */
final class FileSchemas {
  private final FileProfiles profiles;
  private final Function<String, Optional<byte[]>> content;

  FileSchemas(FileProfiles profiles, Function<String, Optional<byte[]>> content) {
    this.profiles = profiles;
    this.content = content;
  }

  /** Without values of the file. */
  FileProfile profile(StoredFile file) {
    String conversation = file.conversation().value();
    try {
      return profiles
          .of(
              file.id(),
              file.name(),
              conversation,
              conversation,
              () -> content.apply(file.id()).orElse(new byte[0]))
          .showing(0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return FileProfile.unread(file.name(), file.bytes(), "looking at it was interrupted");
    }
  }

  /** The names of its columns; none when it is no table. */
  List<String> columns(StoredFile file) {
    return profile(file).columns().stream().map(FileProfile.Column::name).toList();
  }
}

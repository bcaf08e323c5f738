package dev.reckon.core.command;

import dev.reckon.core.files.FileProfile;
import dev.reckon.core.files.FileProfiles;
import dev.reckon.core.store.Files.StoredFile;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Profiles and columns of the conversation's files. */
final class FileSchemas {
  private final FileProfiles profiles;
  private final Function<String, Optional<byte[]>> content;

  FileSchemas(FileProfiles profiles, Function<String, Optional<byte[]>> content) {
    this.profiles = profiles;
    this.content = content;
  }

  /** Reads the files whose profiles are not known, so that the other methods need not. */
  void load(List<StoredFile> files) throws InterruptedException {
    for (StoredFile file : files) {
      var _ = found(file);
    }
  }

  private FileProfile found(StoredFile file) throws InterruptedException {
    String conversation = file.conversation().value();
    return profiles.of(
        file.id(),
        file.name(),
        conversation,
        conversation,
        () -> content.apply(file.id()).orElse(new byte[0]));
  }

  /** With the columns' own names and no samples: for people, see {@link #columns}. */
  FileProfile profile(StoredFile file) {
    try {
      return found(file).withoutSamples();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return FileProfile.unread(file.name(), file.bytes(), "looking at it was interrupted");
    }
  }

  /**
   * The names of its columns as they occur in it; none if it is not a table. They may be values (a
   * header of years, keys of a JSON object), so no prompt may hold them.
   */
  List<String> columns(StoredFile file) {
    return profile(file).columns().stream().map(FileProfile.Column::name).toList();
  }
}

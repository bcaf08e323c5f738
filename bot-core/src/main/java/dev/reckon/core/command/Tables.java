package dev.reckon.core.command;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.reckon.core.files.FileProfile;
import dev.reckon.core.files.FileProfiles;
import dev.reckon.core.store.Files.StoredFile;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the conversation's files are. Finding it out reads the whole file, and a saved computation
 * asks for it each time it runs; equal contents under one name have one profile, which is kept.
 */
final class Tables {
  private static final int PROFILES_KEPT = 500;

  private final Function<String, Optional<byte[]>> content;
  private final Cache<Key, FileProfile> known =
      Caffeine.newBuilder().maximumSize(PROFILES_KEPT).build();

  private record Key(String sha256, String name) {}

  Tables(Function<String, Optional<byte[]>> content) {
    this.content = content;
  }

  FileProfile profile(StoredFile file) {
    return known.get(
        new Key(file.sha256(), file.name()),
        key -> FileProfiles.of(file.name(), content.apply(file.id()).orElse(new byte[0]), 0));
  }

  /** The names of its columns; none when it is no table. */
  List<String> columns(StoredFile file) {
    return profile(file).columns().stream().map(FileProfile.Column::name).toList();
  }
}

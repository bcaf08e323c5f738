package dev.reckon.adapters.slack;

import dev.reckon.core.surface.Surface.FileContents;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file that follows a message.
 *
 * @param key names it among the files of one reply; has no space
 * @param name for people
 * @param stored the id of its content in the store, or null
 * @param text its content, when it is not in the store
 */
record Upload(String key, String name, @Nullable String stored, String text) {
  static Upload ofText(String key, String name, String text) {
    return new Upload(key, name, null, text);
  }

  static Upload ofStored(String id, String name) {
    return new Upload("file:" + id.replace(' ', '_'), name, id, "");
  }

  Optional<byte[]> content(FileContents files) {
    return stored == null ? Optional.of(text.getBytes(StandardCharsets.UTF_8)) : files.read(stored);
  }
}

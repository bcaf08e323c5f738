package dev.reckon.app;

import dev.reckon.adapters.config.Configuration;
import dev.reckon.adapters.config.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Keys that name files and folders. */
final class FileKeys {
  private FileKeys() {}

  /**
   * The path that a key names; empty where it names none.
   *
   * @param home where relative paths begin
   */
  static Optional<Path> path(Configuration configuration, String key, Path home) {
    String name = configuration.text(key, "");
    if (name.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(home.resolve(name).normalize());
    } catch (InvalidPathException e) {
      configuration.problem(key, "this is not a path");
      return Optional.empty();
    }
  }

  /**
   * What a file holds that a key names.
   *
   * @return empty when it cannot be read, which is a problem of that key
   */
  static Optional<Secret> secret(Configuration configuration, String key, Path file) {
    try {
      Secret read = new Secret(Files.readString(file));
      configuration.hide(read);
      return Optional.of(read);
    } catch (IOException e) {
      configuration.problem(key, file + " cannot be read");
      return Optional.empty();
    }
  }
}

package dev.reckon.adapters.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keys and tokens that are kept outside the repository, in a file that only its owner may read: a
 * line {@code NAME=value} each, as in an environment file of systemd. A variable of the environment
 * wins over it. For use by one thread; a second process that writes at the same time may win.
 *
 * @param path where it is or would be
 */
public record SecretsFile(Path path) {
  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");

  /**
   * The one of the person who runs the program: {@code RECKON_SECRETS}, or {@code reckon/secrets}
   * in {@code XDG_CONFIG_HOME} or else in {@code .config} of the home folder.
   */
  public static SecretsFile usual(Function<String, @Nullable String> environment) {
    String named = environment.apply("RECKON_SECRETS");
    if (named != null && !named.isBlank()) {
      return new SecretsFile(Path.of(named));
    }
    String folder = environment.apply("XDG_CONFIG_HOME");
    Path base =
        folder == null || folder.isBlank()
            ? Path.of(System.getProperty("user.home"), ".config")
            : Path.of(folder);
    return new SecretsFile(base.resolve("reckon").resolve("secrets"));
  }

  /**
   * The environment, and what this file holds where a variable is not set.
   *
   * @throws ConfigurationException if the file is open to others or cannot be read
   */
  public Function<String, @Nullable String> below(Function<String, @Nullable String> environment)
      throws ConfigurationException {
    Map<String, String> kept = read();
    return name -> {
      String value = environment.apply(name);
      return value == null || value.isBlank() ? kept.get(name) : value;
    };
  }

  /**
   * What is kept, by the names of variables; nothing where there is no file.
   *
   * @throws ConfigurationException if it is open to others or cannot be read
   */
  public SortedMap<String, String> read() throws ConfigurationException {
    SortedMap<String, String> kept = new TreeMap<>();
    try {
      List<String> lines = Files.readAllLines(path, StandardCharsets.UTF_8);
      if (isOpenToOthers()) {
        throw new ConfigurationException(
            List.of(path + " holds keys and is open to others: chmod 600 " + path));
      }
      for (String line : lines) {
        int equals = line.indexOf('=');
        if (equals > 0 && !line.startsWith("#")) {
          kept.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
        } else if (!line.isBlank() && !line.startsWith("#")) {
          throw new ConfigurationException(
              List.of(path + ": each line has to be NAME=value, and one is not."));
        }
      }
      return kept;
    } catch (NoSuchFileException e) {
      return kept;
    } catch (IOException e) {
      throw new ConfigurationException(
          List.of(path + " cannot be read: " + e.getClass().getSimpleName() + "."));
    }
  }

  /**
   * Keeps a value in place of the one that was there.
   *
   * @throws IllegalArgumentException if the value is empty or has control characters
   */
  public void put(String name, String value) throws ConfigurationException, IOException {
    if (value.isBlank() || value.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a key is one line of text");
    }
    SortedMap<String, String> kept = read();
    kept.put(name, value.strip());
    write(kept);
  }

  /** Removes a value; returns whether it was there. */
  public boolean remove(String name) throws ConfigurationException, IOException {
    SortedMap<String, String> kept = read();
    boolean there = kept.remove(name) != null;
    if (there) {
      write(kept);
    }
    return there;
  }

  /** Written beside and moved into place, so that it is never half there and never open. */
  private void write(SortedMap<String, String> kept) throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    Files.createDirectories(folder, rights(posix, FOLDER));
    Path fresh = Files.createTempFile(folder, "secrets", "", rights(posix, OWNER));
    StringBuilder text = new StringBuilder();
    kept.forEach((name, value) -> text.append(name).append('=').append(value).append('\n'));
    Files.writeString(fresh, text);
    Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static FileAttribute<?>[] rights(boolean posix, Set<PosixFilePermission> rights) {
    return posix
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(rights)}
        : new FileAttribute<?>[0];
  }

  private boolean isOpenToOthers() throws IOException {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        && Files.getPosixFilePermissions(path).stream()
            .anyMatch(right -> !right.name().startsWith("OWNER"));
  }
}

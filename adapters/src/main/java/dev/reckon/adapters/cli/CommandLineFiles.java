package dev.reckon.adapters.cli;

import dev.reckon.core.label.Amounts;
import dev.reckon.core.surface.render.Sanitizer;
import dev.reckon.sandbox.FileNames;
import dev.reckon.sandbox.SandboxFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Files named on the command line: read with a ceiling, and written without leaving their folder.
 */
final class CommandLineFiles {
  private static final String STDIN = "stdin.csv";

  private CommandLineFiles() {}

  /** Reads files under their own names, within a ceiling for all together. */
  static List<SandboxFile> read(List<String> names, long maxBytes) throws UsageException {
    List<SandboxFile> files = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    long left = maxBytes;
    for (String name : names) {
      Path path = path(name);
      byte[] content = read(path, name, left, maxBytes, "sandbox.files_mib");
      left -= content.length;
      String base = String.valueOf(path.getFileName());
      Optional<String> problem = FileNames.problem(base);
      if (problem.isPresent()) {
        throw new UsageException(
            "The file " + Sanitizer.visible(name) + " cannot be used: " + problem.get() + ".");
      }
      if (!seen.add(base)) {
        throw new UsageException("Two files are called " + base + "; rename one of them.");
      }
      files.add(new SandboxFile(base, content));
    }
    return files;
  }

  /** The same, where {@code -} is standard input and becomes the file {@code stdin.csv}. */
  static List<SandboxFile> read(List<String> names, InputStream in, long maxBytes)
      throws UsageException {
    List<String> paths = names.stream().filter(name -> !name.equals("-")).toList();
    if (names.size() - paths.size() > 1) {
      throw new UsageException("--file - can be given only once.");
    }
    if (paths.size() == names.size()) {
      return read(paths, maxBytes);
    }
    byte[] content;
    try {
      content = in.readNBytes((int) Math.min(maxBytes + 1, Integer.MAX_VALUE - 8));
    } catch (IOException e) {
      throw new UsageException("Standard input cannot be read: " + e.getMessage() + ".");
    }
    if (content.length > maxBytes) {
      throw tooLarge("Standard input", maxBytes, "sandbox.files_mib");
    }
    List<SandboxFile> files = new ArrayList<>(read(paths, maxBytes - content.length));
    if (files.stream().anyMatch(file -> file.name().equals(STDIN))) {
      throw new UsageException("Two files are called " + STDIN + "; rename one of them.");
    }
    files.add(new SandboxFile(STDIN, content));
    return files;
  }

  /** Reads a script, or standard input where it is called {@code -}. */
  static String script(String name, InputStream in, int maxBytes) throws UsageException {
    byte[] bytes;
    if (name.equals("-")) {
      try {
        bytes = in.readNBytes(maxBytes + 1);
      } catch (IOException e) {
        throw new UsageException("Standard input cannot be read: " + e.getMessage() + ".");
      }
      if (bytes.length > maxBytes) {
        throw tooLarge("The script", maxBytes, "sandbox.source_kib");
      }
    } else {
      bytes = read(path(name), name, maxBytes, maxBytes, "sandbox.source_kib");
    }
    for (byte b : bytes) {
      if (b == 0) {
        throw new UsageException(
            shown(name) + " is not Python source: it contains NUL bytes. Name a .py file.");
      }
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Writes what a run left into a folder, which is made if missing. */
  static void write(Path folder, List<SandboxFile> files) throws UsageException {
    try {
      Files.createDirectories(folder);
      Path root = folder.toRealPath();
      for (SandboxFile file : files) {
        Path target = root.resolve(file.name());
        Path parent = root.resolve(file.name() + "/..").normalize();
        Files.createDirectories(parent);
        if (!parent.toRealPath().startsWith(root)
            || Files.isSymbolicLink(target)
            || Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
          throw new UsageException(target + " is already a link or a folder; name another folder.");
        }
        Files.write(target, file.content());
      }
    } catch (IOException | InvalidPathException e) {
      throw new UsageException(
          "The folder "
              + folder
              + " cannot be written ("
              + e.getMessage()
              + "). Give --out another.");
    }
  }

  /** The same, but nothing that is there already is replaced. */
  static void writeNew(Path folder, List<SandboxFile> files) throws UsageException {
    for (SandboxFile file : files) {
      if (Files.exists(folder.resolve(file.name()), LinkOption.NOFOLLOW_LINKS)) {
        throw new UsageException(
            folder.resolve(file.name()) + " already exists; name another folder.");
      }
    }
    write(folder, files);
  }

  private static Path path(String name) throws UsageException {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new UsageException(shown(name) + " is not a file name: " + e.getReason() + ".");
    }
  }

  private static byte[] read(Path path, String name, long left, long most, String key)
      throws UsageException {
    if (!Files.exists(path)) {
      throw new UsageException("There is no file " + shown(name) + ". Check the path.");
    }
    if (Files.isDirectory(path)) {
      throw new UsageException(shown(name) + " is a folder. Name the files in it one by one.");
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] content = in.readNBytes((int) Math.min(left + 1, Integer.MAX_VALUE - 8));
      if (content.length > left) {
        throw tooLarge(shown(name), most, key);
      }
      return content;
    } catch (IOException e) {
      throw new UsageException(shown(name) + " cannot be read. Check its permissions.");
    }
  }

  private static UsageException tooLarge(String what, long most, String key) {
    return new UsageException(
        what
            + " is too large: at most "
            + Amounts.size(most)
            + " fit. Give less, or raise "
            + key
            + ".");
  }

  private static String shown(String name) {
    return Sanitizer.visible(name);
  }
}

package dev.reckon.sandbox.worker.files;

import dev.reckon.sandbox.FileNames;
import dev.reckon.sandbox.Limits;
import dev.reckon.sandbox.SandboxFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Brings back what a script created or changed, one file at a time, up to its limits. */
public final class OutputCollector {
  private final Path folder;
  private final Limits limits;
  private final Set<String> names = new HashSet<>();
  private long bytes;
  private int dropped;

  public OutputCollector(Path folder, Limits limits) {
    this.folder = folder;
    this.limits = limits;
  }

  /** Takes one file. */
  @FunctionalInterface
  public interface Basket {
    void put(SandboxFile file) throws IOException;
  }

  /**
   * Hands over every visible file that is not as it was before.
   *
   * @return how many were left behind for the limits' or their names' sake
   */
  public int since(Snapshot before, Basket basket) throws IOException {
    for (Map.Entry<Path, FileTime> file : Snapshot.visible(folder).entrySet()) {
      if (!before.unchanged(file.getKey(), file.getValue())) {
        bring(file.getKey(), basket);
      }
    }
    return dropped;
  }

  private void bring(Path file, Basket basket) throws IOException {
    String name = cleaned(folder.relativize(file).toString());
    long size = Files.size(file);
    if (bytes + size > limits.fileBytes()
        || names.size() >= limits.fileCount()
        || FileNames.problem(name).isPresent()
        || !names.add(name)) {
      dropped++;
      return;
    }
    bytes += size;
    basket.put(new SandboxFile(name, Files.readAllBytes(file)));
  }

  /** Control characters, direction marks and backslashes have no business in a chat. */
  private static String cleaned(String name) {
    return name.codePoints()
        .map(c -> c == '\\' || Character.isISOControl(c) || isFormat(c) ? '_' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean isFormat(int c) {
    int type = Character.getType(c);
    return type == Character.FORMAT
        || type == Character.SURROGATE
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || type == Character.UNASSIGNED;
  }
}

package dev.reckon.sandbox.worker.prepare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Stands in for what lays out GraalPy's language home: two files, and a line in {@code made} beside
 * the folder each time.
 */
public final class LanguageHome {
  private LanguageHome() {}

  /** Takes the folder and {@code compile} or {@code copy}, as the real one does. */
  public static void main(String[] arguments) throws IOException {
    Path into = Path.of(arguments[0]);
    Path library = Files.createDirectories(into.resolve("python/python-home/lib"));
    Files.writeString(library.resolve("os.py"), "name = 'posix'\n");
    System.out.println("compiled 1 2");
    Files.writeString(library.resolve("os.pyc"), arguments[1]);
    Files.writeString(
        into.resolveSibling("made"),
        arguments[1] + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }
}

package dev.reckon.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The program as the build assembled it. Each folder in it holds the class path of one kind of
 * process: {@code lib} that of the bot, {@code worker} that of a sandbox worker.
 *
 * @param folder where these folders are
 */
record Installation(Path folder) {
  /** Where a build puts it in a source checkout. */
  private static final String BUILT = "adapters/target/reckon";

  /** The installation that the launcher named, or else the one that was built in {@code home}. */
  static Installation in(Path home) {
    String given = System.getProperty("reckon.program", "");
    return new Installation(given.isEmpty() ? home.resolve(BUILT) : Path.of(given));
  }

  /**
   * The class path of one kind of process, in a fixed order.
   *
   * @throws UncheckedIOException if its folder cannot be read; the message says what to do
   */
  List<Path> classPath(String process) {
    Path jars = folder.resolve(process);
    try (Stream<Path> found = Files.list(jars)) {
      return found.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(
          jars + " cannot be read. Start Reckon with its launcher, which builds what is missing.",
          e);
    }
  }
}

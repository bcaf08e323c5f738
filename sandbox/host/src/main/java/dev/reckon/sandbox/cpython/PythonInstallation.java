package dev.reckon.sandbox.cpython;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A Python on this machine.
 *
 * @param path as it is started
 * @param version such as {@code 3.11.2}
 * @param packages which of the asked ones it can find
 */
public record PythonInstallation(Path path, String version, List<String> packages) {
  /** What makes a second engine worth having; any of them does. */
  public static final List<String> WANTED = List.of("numpy", "pandas", "matplotlib");

  private static final int OLDEST_MINOR = 10;
  private static final int LONGEST_ANSWER = 10_000;
  private static final long PATIENCE_SECONDS = 10;

  /** Prints the version and those of the named modules that can be found; imports none of them. */
  private static final String QUESTION =
      """
      import sys, importlib.util
      print('.'.join(map(str, sys.version_info[:3])))
      for name in sys.argv[1:]:
          if importlib.util.find_spec(name): print(name)
      """;

  public PythonInstallation {
    packages = List.copyOf(packages);
  }

  /** Whether it is new enough and finds any of the wanted packages. */
  public boolean isUseful() {
    return isNewEnough() && !packages.isEmpty();
  }

  /** Whether fork servers run on it: Python 3.10 or newer. */
  public boolean isNewEnough() {
    String[] parts = version.split("\\.", -1);
    return parts.length >= 2
        && parts[0].equals("3")
        && parts[1].matches("\\d{1,3}")
        && Integer.parseInt(parts[1]) >= OLDEST_MINOR;
  }

  /** The first useful one in the usual places: the system's own, then those on the search path. */
  public static Optional<PythonInstallation> find() {
    return candidates().stream()
        .map(PythonInstallation::at)
        .flatMap(Optional::stream)
        .filter(PythonInstallation::isUseful)
        .findFirst();
  }

  /** Asks one; empty when it does not start or does not answer. Takes some ten milliseconds. */
  public static Optional<PythonInstallation> at(Path path) {
    if (!Files.isExecutable(path) || Files.isDirectory(path)) {
      return Optional.empty();
    }
    List<String> command = new ArrayList<>(List.of(path.toString(), "-I", "-c", QUESTION));
    command.addAll(WANTED);
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectInput(new File("/dev/null"));
      builder.redirectError(ProcessBuilder.Redirect.DISCARD).environment().clear();
      Process process = builder.start();
      try (InputStream out = process.getInputStream()) {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
          return Optional.empty();
        }
        String answer = new String(out.readNBytes(LONGEST_ANSWER), StandardCharsets.US_ASCII);
        List<String> lines = answer.lines().toList();
        return lines.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new PythonInstallation(path, lines.getFirst(), lines.subList(1, lines.size())));
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static Set<Path> candidates() {
    Set<Path> found = new LinkedHashSet<>();
    found.add(Path.of("/usr/bin/python3"));
    String searched = Optional.ofNullable(System.getenv("PATH")).orElse("");
    for (String folder : searched.split(File.pathSeparator, -1)) {
      if (folder.startsWith("/")) {
        found.add(Path.of(folder, "python3"));
      }
    }
    return found;
  }
}

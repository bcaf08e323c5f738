package dev.reckon.sandbox.wire;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * How a parent configures a worker: by system properties of the child JVM, written by {@link
 * #arguments} and read back by {@link #of}.
 *
 * @param resources a copy of GraalPy's resources as {@code Engine.copyResources} lays it out
 *     ({@code python/python-home} is in it); given to the child as {@code
 *     polyglot.engine.resourcePath}
 * @param packages a folder of pure-Python packages, mounted read-only, or nothing
 * @param modules a text file with one importable top-level module a line, as an earlier worker's
 *     {@code Environment} told; without it the worker imports everything once before it is ready
 * @param spareContexts how many contexts wait for the next runs; at least 1
 * @param preload modules imported ahead into a context that waits, in this order, until a script
 *     takes it
 * @param lockdown whether the worker locks itself after warming up
 */
public record WorkerSettings(
    Path resources,
    Optional<Path> packages,
    Optional<Path> modules,
    int spareContexts,
    List<String> preload,
    boolean lockdown) {
  private static final String RESOURCES = "polyglot.engine.resourcePath";
  private static final String PACKAGES = "reckon.worker.packages";
  private static final String MODULES = "reckon.worker.modules";
  private static final String SPARE_CONTEXTS = "reckon.worker.spareContexts";
  private static final String PRELOAD = "reckon.worker.preload";
  private static final String LOCKDOWN = "reckon.worker.lockdown";

  /** The class to start in the child JVM. */
  public static final String MAIN_CLASS = "dev.reckon.sandbox.worker.WorkerMain";

  /**
   * What scripts import most, each after what it needs itself, so that no single step takes long: a
   * script that arrives meanwhile waits for the step in progress.
   */
  public static final List<String> DEFAULT_PRELOAD =
      List.of(
          "math",
          "io",
          "os",
          "collections",
          "re",
          "json",
          "datetime",
          "csv",
          "random",
          "typing",
          "statistics");

  public WorkerSettings {
    if (spareContexts < 1) {
      throw new IllegalArgumentException("a worker keeps at least one context ready");
    }
    preload = List.copyOf(preload);
  }

  /** One context ahead, the default imports, locked. */
  public static WorkerSettings withResources(Path resources) {
    return new WorkerSettings(
        resources, Optional.empty(), Optional.empty(), 1, DEFAULT_PRELOAD, true);
  }

  /** With a language home and a list of modules that were made ahead. */
  public WorkerSettings withPrepared(Path home, Optional<Path> list) {
    return new WorkerSettings(home, packages, list, spareContexts, preload, lockdown);
  }

  /** With other modules imported ahead. */
  public WorkerSettings withPreload(List<String> names) {
    return new WorkerSettings(resources, packages, modules, spareContexts, names, lockdown);
  }

  /** With a folder of pure-Python packages, or without one. */
  public WorkerSettings withPackages(Optional<Path> folder) {
    return new WorkerSettings(resources, folder, modules, spareContexts, preload, lockdown);
  }

  /** JVM arguments that carry these settings. */
  public List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    arguments.add("-D" + RESOURCES + "=" + resources.toAbsolutePath());
    packages.ifPresent(dir -> arguments.add("-D" + PACKAGES + "=" + dir.toAbsolutePath()));
    modules.ifPresent(file -> arguments.add("-D" + MODULES + "=" + file.toAbsolutePath()));
    arguments.add("-D" + SPARE_CONTEXTS + "=" + spareContexts);
    arguments.add("-D" + PRELOAD + "=" + String.join(",", preload));
    arguments.add("-D" + LOCKDOWN + "=" + lockdown);
    return List.copyOf(arguments);
  }

  /**
   * Reads the settings in the child.
   *
   * @throws IllegalArgumentException naming the property that is missing or malformed
   */
  public static WorkerSettings of(Properties properties) {
    String resources = properties.getProperty(RESOURCES);
    if (resources == null) {
      throw new IllegalArgumentException("the system property " + RESOURCES + " is missing");
    }
    return new WorkerSettings(
        Path.of(resources),
        Optional.ofNullable(properties.getProperty(PACKAGES)).map(Path::of),
        Optional.ofNullable(properties.getProperty(MODULES)).map(Path::of),
        number(properties.getProperty(SPARE_CONTEXTS, "1")),
        names(properties.getProperty(PRELOAD, String.join(",", DEFAULT_PRELOAD))),
        Boolean.parseBoolean(properties.getProperty(LOCKDOWN, "true")));
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(SPARE_CONTEXTS + " is no number: " + text, e);
    }
  }

  private static List<String> names(String commaSeparated) {
    return List.of(commaSeparated.split(",")).stream()
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .toList();
  }
}

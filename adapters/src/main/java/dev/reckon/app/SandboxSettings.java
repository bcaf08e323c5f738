package dev.reckon.app;

import dev.reckon.adapters.config.Configuration;
import dev.reckon.sandbox.cpython.ForkServer;
import dev.reckon.sandbox.cpython.PythonInstallation;
import dev.reckon.sandbox.pool.WorkerReuse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How many workers run scripts, how large they may grow, and what they run on.
 *
 * @param workers child JVMs that are kept ready; 0 means by the machine's processors
 * @param heapMib of each worker
 * @param maxRuns after which a worker is replaced
 * @param reuse whose scripts may share a worker
 * @param requireLockdown whether a worker that lacks a layer is refused
 * @param workerJdk what runs the workers
 * @param packages a folder of pure-Python packages that scripts may import, if any
 * @param engine which engine runs scripts
 * @param python the interpreter of the second engine; empty where it is to be found
 * @param imports what the second engine imports ahead
 */
record SandboxSettings(
    int workers,
    int heapMib,
    int maxRuns,
    WorkerReuse reuse,
    boolean requireLockdown,
    WorkerJdk workerJdk,
    Optional<Path> packages,
    Engine engine,
    Optional<Path> python,
    List<String> imports) {
  /** Which engine runs scripts. */
  enum Engine {
    /** GraalPy; CPython for what only it can do, where all of its layers stand. */
    AUTO,
    GRAALPY,
    CPYTHON
  }

  /**
   * Reads the keys {@code sandbox.*} that are not a script's own limits.
   *
   * @param home where relative paths begin
   */
  static SandboxSettings from(Configuration configuration, Path home) {
    return new SandboxSettings(
        configuration.number("sandbox.workers", 0, 0, 256),
        configuration.number("sandbox.heap_mib", 256, 64, 65_536),
        configuration.number("sandbox.max_runs", 1_000, 1, 1_000_000),
        configuration.choice("sandbox.reuse", WorkerReuse.ANY),
        configuration.flag("sandbox.require_lockdown", false),
        workerJdk(configuration, home),
        packages(configuration, home),
        engine(configuration),
        python(configuration, home),
        configuration.texts("sandbox.python_imports", ForkServer.DEFAULT_IMPORTS));
  }

  private static WorkerJdk workerJdk(Configuration configuration, Path home) {
    Optional<Path> given = FileKeys.path(configuration, "sandbox.java_home", home);
    WorkerJdk jdk = given.map(WorkerJdk::new).orElseGet(WorkerJdk::ofThisProgram);
    Optional<String> problem = given.isPresent() ? jdk.problem() : Optional.empty();
    problem.ifPresent(words -> configuration.problem("sandbox.java_home", words));
    return problem.isPresent() ? WorkerJdk.ofThisProgram() : jdk;
  }

  /** CPython alone needs one at once; the other engines do without. */
  private static Engine engine(Configuration configuration) {
    Engine engine = configuration.choice("sandbox.engine", Engine.AUTO);
    if (engine == Engine.CPYTHON
        && configuration.texts("sandbox.url", List.of()).isEmpty()
        && configuration.text("sandbox.python", "").isEmpty()
        && PythonInstallation.find().isEmpty()) {
      configuration.problem(
          "sandbox.engine",
          "there is no Python 3.10 or newer with numpy, pandas or matplotlib; apt install"
              + " python3-pandas python3-matplotlib, or set sandbox.python to the interpreter of"
              + " a virtual environment");
    }
    return engine;
  }

  private static Optional<Path> python(Configuration configuration, Path home) {
    Optional<Path> given = FileKeys.path(configuration, "sandbox.python", home);
    if (given.isPresent()
        && PythonInstallation.at(given.get()).filter(PythonInstallation::isNewEnough).isEmpty()) {
      configuration.problem(
          "sandbox.python",
          given.get()
              + " is not Python 3.10 or newer; name the interpreter itself, such as"
              + " /usr/bin/python3 or a virtual environment's bin/python");
      return Optional.empty();
    }
    return given;
  }

  private static Optional<Path> packages(Configuration configuration, Path home) {
    return FileKeys.path(configuration, "sandbox.packages", home)
        .filter(
            folder -> {
              boolean usable = Files.isDirectory(folder) && Files.isReadable(folder);
              if (!usable) {
                configuration.problem(
                    "sandbox.packages",
                    folder
                        + " is not a folder that can be read; name one with pure-Python packages,"
                        + " or leave it empty");
              }
              return usable;
            });
  }
}

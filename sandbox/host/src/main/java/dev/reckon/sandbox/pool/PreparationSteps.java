package dev.reckon.sandbox.pool;

import dev.reckon.sandbox.Environment;
import dev.reckon.sandbox.process.OneShotProcess;
import dev.reckon.sandbox.process.StartDirectory;
import dev.reckon.sandbox.wire.WorkerSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The steps of preparing, each in a child JVM: this one never loads GraalPy. */
final class PreparationSteps {
  static final String AOT_CACHE = "worker.aot";
  static final String MODULES = "modules.txt";

  private static final String HOME_CLASS = "dev.reckon.sandbox.worker.prepare.LanguageHome";

  /** What a training worker runs: what ordinary scripts are made of. */
  private static final List<String> TRAINING =
      List.of(
          "print(1 + 1)",
          """
          import csv, datetime, json, math, re, statistics, collections
          rows = [{"name": n, "pay": p} for n, p in [("a", 1.5), ("b", 2.5), ("a", 3.0)]]
          with open("out.csv", "w", newline="") as f:
              w = csv.DictWriter(f, ["name", "pay"]); w.writeheader(); w.writerows(rows)
          groups = collections.defaultdict(list)
          for row in csv.DictReader(open("out.csv")):
              groups[row["name"]].append(float(row["pay"]))
          for name, pays in sorted(groups.items()):
              print(f"{name:>5} {statistics.mean(pays):.2f} {math.sqrt(sum(pays)):.3f}")
          print(json.dumps(rows), re.sub(r"\\d+", "#", "a1b22"), datetime.date(2024, 2, 29))
          """,
          "def f(n): return n if n < 2 else f(n - 1) + f(n - 2)\nprint(f(18))\n{}['missing']");

  private PreparationSteps() {}

  /** Copies the language home into a directory, and compiles its library if wanted. */
  static void home(WorkerJvm jvm, Path into, boolean compile, Preparation.Progress progress)
      throws IOException {
    Path scratch = Files.createDirectory(into.resolve("scratch"));
    List<String> command = new ArrayList<>();
    command.add(WorkerCommand.java(jvm));
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:-UsePerfData"));
    command.add("-Dpolyglot.engine.userResourceCache=" + scratch);
    command.addAll(
        List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(List.of("-cp", WorkerCommand.classPath(jvm), HOME_CLASS));
    command.addAll(List.of(into.toString(), compile ? "compile" : "copy"));
    progress.at("copying the Python library", 0);
    try (OneShotProcess child = OneShotProcess.start(command, scratch)) {
      try (BufferedReader lines = child.output()) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (line.startsWith("compiled ")) {
            String[] parts = line.split(" ", -1);
            double share = Double.parseDouble(parts[1]) / Double.parseDouble(parts[2]);
            progress.at("compiling the Python library", 0.6 * share);
          }
        }
      }
      child.leave("laying out the Python library");
      var _ = StartDirectory.in(into);
    } finally {
      DirectoryDeleter.remove(scratch);
    }
  }

  /** Has a worker find out what imports, and notes it down. */
  static void survey(WorkerJvm jvm, Path home, Path into, Preparation.Progress progress)
      throws IOException {
    progress.at("finding the modules that import", 0.62);
    WorkerSettings ignorant = apprentice(jvm, home, Optional.empty());
    try (TrainingWorker worker = TrainingWorker.start(jvm, List.of(), ignorant, into)) {
      Environment environment = worker.awaitReady();
      if (environment.modules().isEmpty()) {
        throw new IOException("the training worker found no modules");
      }
      Files.write(into.resolve(MODULES), environment.modules());
      worker.leave();
    }
  }

  /**
   * Runs a worker on ordinary scripts while the JVM notes down what it loads and compiles. It knows
   * already what imports, so that the classes of seldom used modules are not kept ready for all.
   */
  static void train(WorkerJvm jvm, Path home, Path into, Preparation.Progress progress)
      throws IOException {
    progress.at("training a worker", 0.7);
    Path cache = into.resolve(AOT_CACHE);
    WorkerSettings taught = apprentice(jvm, home, Optional.of(into.resolve(MODULES)));
    try (TrainingWorker worker =
        TrainingWorker.start(jvm, List.of("-XX:AOTCacheOutput=" + cache), taught, into)) {
      var _ = worker.awaitReady();
      for (String script : TRAINING) {
        worker.run(script);
      }
      progress.at("writing the worker's cache", 0.85);
      worker.leave();
      if (!Files.isRegularFile(cache)) {
        throw new IOException("the JVM wrote no AOT cache: " + worker.stderrTail());
      }
    }
  }

  private static WorkerSettings apprentice(WorkerJvm jvm, Path home, Optional<Path> modules) {
    return new WorkerSettings(home, Optional.empty(), modules, 1, jvm.told().preload(), false);
  }
}

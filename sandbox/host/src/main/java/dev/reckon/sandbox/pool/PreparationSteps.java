package dev.reckon.sandbox.pool;

import dev.reckon.sandbox.Environment;
import dev.reckon.sandbox.Limits;
import dev.reckon.sandbox.wire.FromWorker;
import dev.reckon.sandbox.wire.FromWorkerCodec;
import dev.reckon.sandbox.wire.ToWorker;
import dev.reckon.sandbox.wire.ToWorkerCodec;
import dev.reckon.sandbox.wire.WorkerSettings;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The two steps of preparing, each in a child JVM: this one never loads GraalPy. */
final class PreparationSteps {
  static final String AOT_CACHE = "worker.aot";
  static final String MODULES = "modules.txt";

  private static final String HOME_CLASS = "dev.reckon.sandbox.worker.prepare.LanguageHome";

  /** How long a child may take to go when its work is done, writing the cache included. */
  private static final long LEAVE_MINUTES = 5;

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
    try {
      Process child = start(command, scratch);
      LastWords words = listen(child);
      try (BufferedReader lines = child.inputReader()) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (line.startsWith("compiled ")) {
            String[] parts = line.split(" ", -1);
            double share = Double.parseDouble(parts[1]) / Double.parseDouble(parts[2]);
            progress.at("compiling the Python library", 0.6 * share);
          }
        }
      }
      leave(child, words, "laying out the Python library");
      var _ = StartDirectory.in(into);
    } finally {
      Trash.remove(scratch);
    }
  }

  /** Runs a worker on ordinary scripts while the JVM notes down what it loads and compiles. */
  static void train(WorkerJvm jvm, Path home, Path into, Preparation.Progress progress)
      throws IOException {
    progress.at("training a worker", 0.65);
    WorkerSettings plain =
        new WorkerSettings(
            home, Optional.empty(), Optional.empty(), 1, jvm.told().preload(), false);
    List<String> command = new ArrayList<>();
    command.add(WorkerCommand.java(jvm));
    command.add("-XX:AOTCacheOutput=" + into.resolve(AOT_CACHE));
    command.addAll(WorkerCommand.jvmFlags(jvm));
    command.addAll(plain.arguments());
    command.addAll(List.of("-cp", WorkerCommand.classPath(jvm), WorkerSettings.MAIN_CLASS));
    Process child = start(command, into);
    LastWords words = listen(child);
    try (InputStream in = new BufferedInputStream(child.getInputStream());
        OutputStream out = child.getOutputStream()) {
      boolean training = true;
      for (int i = 0; training; ) {
        FromWorker message = FromWorkerCodec.read(in);
        if (message == null) {
          throw new IOException("the worker in training died: " + words.text());
        } else if (message instanceof FromWorker.Ready(Environment environment)) {
          if (environment.modules().isEmpty()) {
            throw new IOException("the worker in training found no modules");
          }
          Files.write(into.resolve(MODULES), environment.modules());
        } else if (message instanceof FromWorker.Idle && i < TRAINING.size()) {
          ToWorkerCodec.write(
              new ToWorker.Run(i + 1L, TRAINING.get(i), List.of(), Limits.DEFAULT), out);
          i++;
          progress.at("training a worker", 0.65 + 0.05 * i);
        } else if (message instanceof FromWorker.Idle) {
          progress.at("writing the worker's cache", 0.85);
          ToWorkerCodec.write(new ToWorker.Shutdown(), out);
          training = false;
        }
      }
      in.transferTo(OutputStream.nullOutputStream());
      leave(child, words, "training a worker");
    } finally {
      child.destroyForcibly();
    }
    if (!Files.isRegularFile(into.resolve(AOT_CACHE))) {
      throw new IOException("the JVM wrote no AOT cache: " + words.text());
    }
  }

  private static Process start(List<String> command, Path directory) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().clear();
    return builder.start();
  }

  private static LastWords listen(Process child) {
    LastWords words = new LastWords();
    Thread.ofVirtual().start(() -> words.drain(child.getErrorStream()));
    return words;
  }

  private static void leave(Process child, LastWords words, String doing) throws IOException {
    try {
      if (!child.waitFor(LEAVE_MINUTES, TimeUnit.MINUTES)) {
        child.destroyForcibly();
        throw new IOException(doing + " does not end");
      }
    } catch (InterruptedException e) {
      child.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException(doing + " was interrupted", e);
    }
    if (child.exitValue() != 0) {
      throw new IOException(
          doing + " failed (exit code " + child.exitValue() + "): " + words.text());
    }
  }
}

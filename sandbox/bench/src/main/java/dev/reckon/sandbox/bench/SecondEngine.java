package dev.reckon.sandbox.bench;

import dev.reckon.sandbox.Limits;
import dev.reckon.sandbox.RunResult;
import dev.reckon.sandbox.Sandbox;
import dev.reckon.sandbox.SandboxFile;
import dev.reckon.sandbox.Script;
import dev.reckon.sandbox.cpython.ForkServer;
import dev.reckon.sandbox.cpython.PythonInstallation;
import dev.reckon.sandbox.pool.PoolSettings;
import dev.reckon.sandbox.pool.WarmPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs in the second engine, beside fresh processes of the very same Python. */
final class SecondEngine {
  private static final int SMALL_RUNS = 200;
  private static final int TABLE_RUNS = 40;
  private static final int ROWS = 4_000;

  private static final String PRINT = "print(1+1)";
  private static final String GROUP =
      "import pandas as pd\nprint(pd.read_csv('%s').groupby('team')['hours'].mean())";

  private SecondEngine() {}

  static Section measure(BenchSetup workshop) throws Exception {
    Optional<PythonInstallation> python =
        PythonInstallation.find().filter(found -> found.packages().contains("pandas"));
    if (python.isEmpty()) {
      return new Section(List.of(), "## The CPython engine\n\nNot here: no Python with pandas.\n");
    }
    CPython fresh = new CPython(python.get().path().toString());
    String csv = table();
    Path file = Files.writeString(Files.createTempFile("bench", ".csv"), csv);
    long begun = System.nanoTime();
    try (Sandbox pool =
        WarmPool.open(PoolSettings.of(ForkServer.of(python.get().path())).withWorkers(1))) {
      run(pool, PRINT, List.of());
      double start = (System.nanoTime() - begun) / 1e6;
      double memory = memoryMib();
      Times print = new Times();
      Times printFresh = new Times();
      for (int i = 0; i < SMALL_RUNS; i++) {
        BenchSetup.awaitReady(pool, 1);
        print.add(run(pool, PRINT, List.of()));
        printFresh.add(fresh.run(PRINT));
      }
      Times group = new Times();
      Times groupFresh = new Times();
      SandboxFile given = SandboxFile.text("t.csv", csv);
      for (int i = 0; i < TABLE_RUNS; i++) {
        BenchSetup.awaitReady(pool, 1);
        group.add(run(pool, GROUP.formatted("t.csv"), List.of(given)));
        groupFresh.add(fresh.run(GROUP.formatted(file)));
      }
      long sustained = System.nanoTime();
      for (int i = 0; i < SMALL_RUNS; i++) {
        run(pool, PRINT, List.of());
      }
      double perSecond = SMALL_RUNS / ((System.nanoTime() - sustained) / 1e9);
      double printRatio = print.median() / printFresh.median();
      double groupRatio = group.median() / groupFresh.median();
      return new Section(
          List.of(
              new Goal(
                  "CPython engine, `print(1+1)`, p50",
                  "half of a fresh CPython's",
                  Ratio.shown(printRatio),
                  printRatio <= 1 / 2.0),
              new Goal(
                  "CPython engine, pandas group-by, p50",
                  "an eighth of a fresh CPython's",
                  Ratio.shown(groupRatio),
                  groupRatio <= 1 / 8.0),
              new Goal(
                  "CPython engine, one program after another, per second",
                  "80",
                  "%.0f".formatted(perSecond),
                  perSecond >= 80),
              new Goal(
                  "CPython engine, start to the first result",
                  "under 1 s",
                  "%.1f s".formatted(start / 1000),
                  start <= 1_000),
              new Goal(
                  "memory of a fork server and its child",
                  "120 MiB",
                  "%.0f MiB".formatted(memory),
                  memory > 0 && memory <= 120)),
          """
          ## The CPython engine

          Beside fresh processes of the same interpreter, %s (%s); a child is locked ahead of each run. The table is a
          CSV of %d KB. Memory is what the kernel charges the server, its child and their guard (PSS).

          | milliseconds | | p50 | p95 | p99 |
          |---|---|---|---|---|
          | `print(1+1)` | Reckon | %s |
          | | CPython | %s |
          | pandas group-by | Reckon | %s |
          | | CPython | %s |
          """
              .formatted(
                  fresh.version(),
                  python.get().path(),
                  csv.length() / 1000,
                  print.cells(),
                  printFresh.cells(),
                  group.cells(),
                  groupFresh.cells()));
    } finally {
      Files.delete(file);
    }
  }

  private static String table() {
    StringBuilder csv = new StringBuilder("team,hours,cost\n");
    for (int i = 0; i < ROWS; i++) {
      csv.append("t%d,%d,%.1f\n".formatted(i % 13, i % 97, i * 1.5));
    }
    return csv.toString();
  }

  private static long run(Sandbox pool, String code, List<SandboxFile> files) throws Exception {
    long begun = System.nanoTime();
    RunResult result =
        pool.submit(new Script("bench", "team", "queue", code, files, Limits.DEFAULT)).get();
    long took = System.nanoTime() - begun;
    if (!(result instanceof RunResult.Completed)) {
      throw new IOException(result + " of:\n" + code);
    }
    return took;
  }

  /** What this process's children and theirs are charged. */
  private static double memoryMib() throws IOException {
    List<Long> pids = new ArrayList<>();
    ProcessHandle.current().descendants().forEach(each -> pids.add(each.pid()));
    long kib = 0;
    for (long pid : pids) {
      try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
        kib +=
            lines
                .filter(line -> line.startsWith("Pss:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
      } catch (IOException unreadable) {
        BenchSetup.say("the memory of process " + pid + " cannot be read: " + unreadable);
      }
    }
    return kib / 1024.0;
  }
}

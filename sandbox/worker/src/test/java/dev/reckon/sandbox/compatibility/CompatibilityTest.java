package dev.reckon.sandbox.compatibility;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.sandbox.GuestError;
import dev.reckon.sandbox.wire.FromWorker.Ending;
import dev.reckon.sandbox.worker.WarmWorker;
import dev.reckon.sandbox.worker.WarmWorker.Line;
import dev.reckon.sandbox.worker.WarmWorker.Line.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs a small check of each part of Python that programs for data and numbers use. What is known
 * not to work is named here, so that both a loss and a gain are noticed. With {@code
 * -Dreckon.docs=write} the outcome becomes {@code docs/python.md}. Needs a worker.
 */
@ExtendWith(WarmWorker.class)
class CompatibilityTest {
  /** What cannot work without native code, threads, processes, signals, the network or a person. */
  private static final Set<String> KNOWN =
      Set.of(
          "files: bz2",
          "tables: sqlite3",
          "waiting: threading",
          "waiting: concurrent.futures",
          "waiting: multiprocessing",
          "waiting: subprocess",
          "waiting: signal",
          "outside: socket",
          "outside: urllib.request",
          "outside: ctypes",
          "outside: input()",
          "outside: tkinter");

  private record Check(String name, String code) {}

  @Test
  void whatWorksIsKnown(Line worker) throws IOException {
    TreeSet<String> failing = new TreeSet<>();
    List<String> rows = new ArrayList<>();
    for (Check check : checks()) {
      Answer answer = worker.run(check.code());
      boolean works = answer.finished().ending() == Ending.COMPLETED;
      if (!works) {
        failing.add(check.name());
      }
      rows.add(row(check, works, Optional.ofNullable(answer.finished().error())));
    }
    assertTrue(rows.size() > 70, () -> rows.size() + " checks");
    assertEquals(new TreeSet<>(KNOWN), failing, () -> String.join("\n", rows));
    if ("write".equals(System.getProperty("reckon.docs"))) {
      Path page = Path.of(System.getProperty("reckon.root"), "docs/python.md");
      Files.writeString(page, page(worker, rows));
    }
  }

  private static String row(Check check, boolean works, Optional<GuestError> error) {
    String[] name = check.name().split(": ", 2);
    String words =
        works
            ? "works"
            : "no: "
                + error.map(e -> e.type() + ": " + e.message()).orElse("ended").replace("|", "/");
    return "| %s | %s | %s |".formatted(name[0], name[1], words);
  }

  private static List<Check> checks() throws IOException {
    try (InputStream in =
        Optional.ofNullable(CompatibilityTest.class.getResourceAsStream("/python/checks.txt"))
            .orElseThrow()) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Arrays.stream(text.split("(?m)^=== ", -1))
          .skip(1)
          .map(part -> part.split("\n", 2))
          .map(part -> new Check(part[0], part[1]))
          .toList();
    }
  }

  private static String page(Line worker, List<String> rows) {
    return """
    # Python in the sandbox

    Made by a test (`CompatibilityTest`, with `-Dreckon.docs=write`), which runs a small check of each line in
    a worker: Python %s, GraalPy. What does not work needs native code, a thread, a process, a signal, the
    network or a person at a keyboard; a script that asks for it reads the words in the last column, and so
    does the model that repairs it.

    | | | |
    |---|---|---|
    %s

    These modules import: %s.

    GraalPy has no numpy, pandas, scipy or other packages with native code; programs that import what CPython has of
    them run there (`sandbox.engine`), on its version of Python. Pure-Python packages can be added to both:
    `sandbox.packages` in `config/reckon.toml`.

    Of 6,823 expressions over numbers, dates and text 201 have another value than in CPython 3.12:
    [python-values.md](python-values.md) lists them.
    """
        .formatted(
            worker.environment().pythonVersion(),
            String.join("\n", rows),
            String.join(", ", worker.environment().modules()));
  }
}

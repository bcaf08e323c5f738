package dev.reckon.sandbox.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.reckon.sandbox.Limits;
import dev.reckon.sandbox.RunResult;
import dev.reckon.sandbox.Sandbox;
import dev.reckon.sandbox.Script;
import dev.reckon.sandbox.pool.WarmPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a worker does between scripts. With a real worker. */
@Timeout(500)
class BetweenScriptsTest {
  private static final String LOADED = "import sys\nprint('statistics' in sys.modules)";

  private static final long SPARE_KIB = 64 * 1024;
  private static final int WARM_UP = 5;

  @TempDir Path scratch;
  private Sandbox pool;

  @BeforeEach
  void open() throws IOException {
    pool = WarmPool.open(RealWorkers.settings(scratch).withWorkers(1));
  }

  @AfterEach
  void close() {
    pool.close();
  }

  @Test
  void itImportsAheadWhatScriptsImportMost() throws Exception {
    assertEquals("1\n", run("print(1)"));

    // However long it takes: each look uses a context up, so the next one waits longer.
    String seen = "";
    for (int pause = 250; !seen.equals("True\n") && pause < 20_000; pause *= 2) {
      awaitReady();
      TimeUnit.MILLISECONDS.sleep(pause);
      seen = run(LOADED);
    }

    assertEquals("True\n", seen);
  }

  @Test
  void itGivesBackWhatALargeScriptTook() throws Exception {
    // What a first script makes the worker load and compile is no part of the comparison.
    for (int i = 0; i < WARM_UP; i++) {
      assertEquals("1000\n", run("x = bytearray(1000)\nprint(len(x))"));
    }
    awaitReady();
    long before = residentKib().orElseThrow();

    assertEquals("130000000\n", run("x = bytearray(130_000_000)\nprint(len(x))"));
    awaitReady();

    // The compiler's memory comes and goes in between; the script's, left alone, would stay. So the
    // class's time limit is what fails, however slow the machine is.
    while (residentKib().orElse(Long.MAX_VALUE) > before + SPARE_KIB) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    assertEquals("2\n", run("print(2)"));
  }

  private String run(String source) throws Exception {
    Script script = new Script("quiet", "team", "queue", source, List.of(), Limits.DEFAULT);
    RunResult result = pool.submit(script).get();
    return assertInstanceOf(RunResult.Completed.class, result).produced().stdout();
  }

  private void awaitReady() throws InterruptedException {
    while (pool.status().ready() == 0) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  /** Of the pool's one worker or of its successor; nothing between the two. */
  private static OptionalLong residentKib() {
    try {
      long pid = ProcessHandle.current().children().findFirst().orElseThrow().pid();
      return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst();
    } catch (IOException | NoSuchElementException gone) {
      return OptionalLong.empty();
    }
  }
}

package dev.reckon.sandbox.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reckon.sandbox.Limits;
import dev.reckon.sandbox.RunResult;
import dev.reckon.sandbox.Sandbox;
import dev.reckon.sandbox.Script;
import dev.reckon.sandbox.pool.WarmPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a worker does while nothing is asked of it. With a real worker. */
@Timeout(120)
class QuietWorkerTest {
  private static final String LOADED = "import sys\nprint('statistics' in sys.modules)";

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
    assertThat(run("print(1)")).isEqualTo("1\n");

    // However long it takes: each look uses a context up, so the next one waits longer.
    String seen = "";
    for (int pause = 250; !seen.equals("True\n") && pause < 20_000; pause *= 2) {
      awaitReady();
      TimeUnit.MILLISECONDS.sleep(pause);
      seen = run(LOADED);
    }

    assertThat(seen).isEqualTo("True\n");
  }

  @Test
  void itGivesBackWhatALargeScriptTook() throws Exception {
    assertThat(run("x = [i for i in range(3_000_000)]\nprint(len(x))")).isEqualTo("3000000\n");
    ProcessHandle worker = ProcessHandle.current().children().findFirst().orElseThrow();
    long large = residentKib(worker.pid());
    awaitReady();

    long small = large;
    for (int i = 0; i < 100 && small > large - 40_000; i++) {
      TimeUnit.MILLISECONDS.sleep(100);
      small = residentKib(worker.pid());
    }

    assertThat(small).isLessThanOrEqualTo(large - 40_000);
    assertThat(run("print(2)")).isEqualTo("2\n");
  }

  private String run(String source) throws Exception {
    Script script = new Script("quiet", "team", "queue", source, List.of(), Limits.DEFAULT);
    RunResult result = pool.submit(script).get();
    assertThat(result).isInstanceOf(RunResult.Completed.class);
    return result.produced().stdout();
  }

  private void awaitReady() throws InterruptedException {
    while (pool.status().ready() == 0) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  private static long residentKib(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}

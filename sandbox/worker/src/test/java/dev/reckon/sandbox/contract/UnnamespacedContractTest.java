package dev.reckon.sandbox.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.reckon.sandbox.Limits;
import dev.reckon.sandbox.RunResult;
import dev.reckon.sandbox.Sandbox;
import dev.reckon.sandbox.Script;
import dev.reckon.sandbox.cpython.ForkServer;
import dev.reckon.sandbox.cpython.PythonInstallation;
import dev.reckon.sandbox.pool.PoolSettings;
import dev.reckon.sandbox.pool.WarmPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The second engine as it is where the system forbids user namespaces. */
class UnnamespacedContractTest extends SandboxContract {
  private static final int NOBODY = 65_534;

  private @Nullable Path abandoned;

  /** So much that only a signal ends the program within the test's time. */
  private static final Limits PATIENT =
      new Limits(
          Duration.ofMinutes(10), Duration.ofMinutes(10), 65_536, 1_000_000, 100_000, 100_000, 10);

  @Override
  Sandbox open(Path scratch) throws IOException {
    PythonInstallation python = PythonInstallation.find().orElse(null);
    assumeTrue(python != null, "no Python with packages; install python3-pandas");
    abandoned = abandoned();
    ForkServer usual = ForkServer.of(python.path());
    return WarmPool.open(
        PoolSettings.of(
                new ForkServer(
                    usual.python(), usual.packages(), usual.imports(), 256, usual.limits(), false))
            .withWorkers(1));
  }

  /** Without a pid namespace nothing but the kernel's signal at a parent's end ends a program. */
  @Test
  void aStoppedProgramLeavesNoProcess() throws Exception {
    String source = "import os\nprint(os.getpid(), flush=True)\nwhile True: pass";
    Script script = new Script("id", "t", "q", source, List.of(), PATIENT);
    String printed = "";
    for (int pause = 100; printed.isEmpty(); pause *= 2) {
      CompletableFuture<RunResult> running = sandbox().submit(script);
      TimeUnit.MILLISECONDS.sleep(pause); // until it has printed, or once more
      sandbox().stop(script);
      printed = running.get().produced().stdout().strip();
    }
    long pid = Long.parseLong(printed);
    while (ProcessHandle.of(pid).isPresent()) {
      TimeUnit.MILLISECONDS.sleep(2); // the suite's timeout ends this where it stays
    }
  }

  /** What a server that was killed an hour ago has left. */
  private static Path abandoned() throws IOException {
    Path folder = Files.createTempDirectory("reckon-run-");
    Path file = Files.writeString(folder.resolve("left.txt"), "left");
    if ("root".equals(System.getProperty("user.name"))) {
      Files.setAttribute(file, "unix:uid", NOBODY);
      Files.setAttribute(folder, "unix:uid", NOBODY);
    }
    Files.setLastModifiedTime(folder, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
    return folder;
  }

  @Test
  void whatAKilledServerLeftIsTakenAwayByTheNext() throws Exception {
    assertEquals("1\n", run("print(1)").produced().stdout());
    assertFalse(Files.exists(Objects.requireNonNull(abandoned)));
  }
}

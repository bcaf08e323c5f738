package dev.reckon.sandbox.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reckon.sandbox.Environment;
import dev.reckon.sandbox.Inspection;
import dev.reckon.sandbox.wire.FromWorker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is given a script, among processes that only wait. */
class WorkerSetTest {
  private final WorkerSet workers =
      new WorkerSet(PoolSettings.of(List.of(Path.of("none")), Path.of("none")));
  private final List<WorkerProcess> started = new ArrayList<>();

  @AfterEach
  void end() {
    started.forEach(WorkerProcess::kill);
  }

  @Test
  void prefersAWorkerThatHadTimeToImportAhead() throws IOException {
    idle(9, Duration.ZERO);
    WorkerProcess rested = idle(1, Duration.ofSeconds(1));

    assertEquals(Optional.of(rested), workers.idleFor("team"));
  }

  @Test
  void prefersTheMostUsedOfTheRestedWorkers() throws IOException {
    WorkerProcess used = idle(9, Duration.ofSeconds(1));
    idle(1, Duration.ofSeconds(60));

    assertEquals(Optional.of(used), workers.idleFor("team"));
  }

  @Test
  void skipsBusyWorkers() throws IOException {
    idle(1, Duration.ofSeconds(1)).phase = WorkerProcess.Phase.WARMING;

    assertEquals(Optional.empty(), workers.idleFor("team"));
  }

  private WorkerProcess idle(int runs, Duration since) throws IOException {
    Process waiting = new ProcessBuilder("cat").start();
    WorkerProcess worker = WorkerProcess.attach(started.size(), waiting, new Deaf());
    started.add(worker);
    worker.rest();
    worker.idleSince -= since.toNanos();
    worker.runs = runs;
    worker.tenant = "team";
    workers.add(worker);
    return worker;
  }

  private static final class Deaf implements WorkerProcess.Listener {
    @Override
    public void ready(WorkerProcess worker, Environment environment) {}

    @Override
    public boolean idle(WorkerProcess worker, long heapUsedBytes) {
      return true;
    }

    @Override
    public void finished(WorkerProcess worker, ActiveRun run, FromWorker.Finished last) {}

    @Override
    public boolean inspected(WorkerProcess worker, long id, Inspection answer) {
      return true;
    }

    @Override
    public void gone(WorkerProcess worker, WorkerDeath death) {}
  }
}

package dev.reckon.sandbox.contract;

import dev.reckon.sandbox.Sandbox;
import dev.reckon.sandbox.pool.WarmPool;
import dev.reckon.sandbox.worker.RealWorkers;
import java.nio.file.Path;

/** The first engine, with real workers and all layers. */
class GraalPyContractTest extends SandboxContract {
  @Override
  Sandbox open(Path scratch) throws Exception {
    return WarmPool.open(RealWorkers.settings(scratch).withWorkers(1));
  }
}

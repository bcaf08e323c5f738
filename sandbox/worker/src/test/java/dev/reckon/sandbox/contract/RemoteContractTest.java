package dev.reckon.sandbox.contract;

import dev.reckon.sandbox.Sandbox;
import dev.reckon.sandbox.pool.WarmPool;
import dev.reckon.sandbox.worker.HostedPool;
import dev.reckon.sandbox.worker.RealWorkers;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;

/** The first engine's real workers on a worker host, reached over TLS. */
class RemoteContractTest extends SandboxContract {
  private @Nullable HostedPool host;

  @Override
  Sandbox open(Path scratch) throws Exception {
    HostedPool opened =
        HostedPool.open(WarmPool.open(RealWorkers.settings(scratch).withWorkers(1)));
    host = opened;
    return opened.sandbox();
  }

  @AfterAll
  void closeHost() {
    if (host != null) {
      host.close();
    }
  }
}

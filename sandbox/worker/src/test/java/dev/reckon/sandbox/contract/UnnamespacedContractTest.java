package dev.reckon.sandbox.contract;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.reckon.sandbox.Sandbox;
import dev.reckon.sandbox.cpython.ForkServer;
import dev.reckon.sandbox.cpython.PythonInstallation;
import dev.reckon.sandbox.pool.PoolSettings;
import dev.reckon.sandbox.pool.WarmPool;
import java.nio.file.Path;

/** The second engine as it is where the system forbids user namespaces. */
class UnnamespacedContractTest extends SandboxContract {
  @Override
  Sandbox open(Path scratch) {
    PythonInstallation python = PythonInstallation.find().orElse(null);
    assumeTrue(python != null, "no Python with packages; install python3-pandas");
    ForkServer usual = ForkServer.of(python.path());
    return WarmPool.open(
        PoolSettings.of(
                new ForkServer(
                    usual.python(), usual.packages(), usual.imports(), 256, usual.limits(), false))
            .withWorkers(1));
  }
}

package dev.reckon.sandbox.worker;

import dev.reckon.sandbox.Sandbox;
import dev.reckon.sandbox.remote.Credentials;
import dev.reckon.sandbox.remote.HostAddress;
import dev.reckon.sandbox.remote.RemoteSandbox;
import dev.reckon.sandbox.remote.RemoteSettings;
import dev.reckon.sandbox.remote.WorkerHost;
import dev.reckon.sandbox.wire.ToHost;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A pool behind a worker host, and a bot's sandbox that uses it, with certificates on both sides.
 *
 * @param pool closed with the host
 */
public record HostedPool(Sandbox pool, WorkerHost host, Sandbox sandbox) implements AutoCloseable {
  /** Serves a pool on a free port of this machine. */
  public static HostedPool open(Sandbox pool) throws IOException {
    WorkerHost host =
        WorkerHost.start(
            new WorkerHost.Settings(
                "127.0.0.1",
                0,
                credentials("host", "bot"),
                "1",
                100,
                256,
                Duration.ofSeconds(20),
                Duration.ZERO),
            Map.of(ToHost.Service.SCRIPTS, pool));
    Sandbox sandbox =
        RemoteSandbox.open(
            new RemoteSettings(
                List.of(new HostAddress(true, "127.0.0.1", host.port())),
                credentials("bot", "host"),
                ToHost.Service.SCRIPTS,
                "1",
                false,
                Duration.ofSeconds(60)));
    return new HostedPool(pool, host, sandbox);
  }

  private static Credentials credentials(String own, String trusted) throws IOException {
    Path files = Path.of(System.getProperty("reckon.root"), "sandbox/host/src/test/tls");
    return Credentials.of(
        Optional.of(files.resolve(own + ".pem")),
        Optional.of(files.resolve(own + ".key")),
        Optional.of(files.resolve(trusted + ".pem")),
        "");
  }

  @Override
  public void close() {
    sandbox.close();
    host.close();
    pool.close();
  }
}

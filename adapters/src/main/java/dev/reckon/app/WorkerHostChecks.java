package dev.reckon.app;

import dev.reckon.adapters.cli.Finding;
import dev.reckon.sandbox.Environment;
import dev.reckon.sandbox.PoolStatus;
import dev.reckon.sandbox.remote.HostState;
import dev.reckon.sandbox.remote.RemoteSandbox;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Whether each worker host is reached, runs the same version, and has its layers of protection. */
final class WorkerHostChecks {
  /** For hosts that are slower than the first. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final RemoteSandbox sandbox;
  private final String version;

  WorkerHostChecks(RemoteSandbox sandbox, String version) {
    this.sandbox = sandbox;
    this.version = version;
  }

  void run(Consumer<Finding> found) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end
        && sandbox.hosts().stream().anyMatch(host -> !host.problem().isEmpty())) {
      Thread.sleep(Duration.ofMillis(50));
    }
    sandbox.hosts().forEach(host -> found.accept(finding(host)));
  }

  private Finding finding(HostState host) {
    String part = "worker host";
    if (!host.problem().isEmpty()) {
      return Finding.wrong(
          part,
          host.address() + " is not used: " + host.problem(),
          "Look at sandbox.url and worker.* here, and at the log of \"reckon worker\" there.");
    }
    int workers = host.pool().map(PoolStatus::workers).orElse(0);
    String here =
        host.address()
            + (workers == 1 ? " has 1 worker, " : " has " + workers + " workers, ")
            + host.environment().map(WorkerHostChecks::engines).orElse("no Python");
    if (!host.version().equals(version)) {
      return Finding.less(
          part,
          here + "; it runs version " + host.version() + " and this is " + version,
          "Run the same version on both.");
    }
    List<String> missing = missing(host);
    return missing.isEmpty()
        ? Finding.good(part, here + "; all layers of protection are active there")
        : Finding.less(
            part,
            here + "; without the layers of protection " + String.join(", ", missing),
            "SECURITY.md says what it would confine, and what it needs.");
  }

  private static String engines(Environment environment) {
    return environment.engine()
        + " "
        + environment.pythonVersion()
        + environment
            .second()
            .map(other -> " and " + other.engine() + " " + other.pythonVersion())
            .orElse("");
  }

  private static List<String> missing(HostState host) {
    return host.environment().stream()
        .flatMap(environment -> environment.missingLayers().stream())
        .map(Environment.Layer::name)
        .toList();
  }
}

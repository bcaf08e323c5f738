package dev.reckon.app;

import dev.reckon.adapters.cli.RunningService;
import dev.reckon.adapters.cli.UsageException;
import dev.reckon.adapters.http.Endpoint;
import dev.reckon.adapters.http.HttpServer;
import dev.reckon.adapters.http.Readiness;
import dev.reckon.adapters.metrics.Metrics;
import dev.reckon.sandbox.Sandbox;
import dev.reckon.sandbox.remote.WorkerHost;
import dev.reckon.sandbox.wire.ToHost;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A worker host that runs: pools of this machine, served to bots; health and metrics over HTTP. */
final class WorkerService implements RunningService {
  private final OpenParts open = new OpenParts();

  private WorkerService() {}

  /**
   * Starts to listen.
   *
   * @param scripts runs scripts in processes of this machine; closed with the host
   * @param files reads files, likewise
   * @throws UsageException when the address cannot be used, or strangers could use the host
   */
  static WorkerService start(Settings settings, String address, Sandbox scripts, Sandbox files)
      throws UsageException {
    WorkerService service = new WorkerService();
    service.open.add(scripts);
    service.open.add(files);
    try {
      service.listen(settings, scripts, files);
      WorkerHost.Settings host =
          settings.workers().host(address, settings.service().scheduler().grace());
      service.open.add(
          WorkerHost.start(
              host, Map.of(ToHost.Service.SCRIPTS, scripts, ToHost.Service.FILES, files)));
      return service;
    } catch (IOException e) {
      service.close();
      throw new UsageException(
          "Cannot listen on " + address + " (" + e.getMessage() + "); name a free port.");
    } catch (IllegalArgumentException e) {
      service.close();
      throw new UsageException("Cannot serve on " + address + ": " + e.getMessage() + ".");
    } catch (RuntimeException e) {
      service.close();
      throw e;
    }
  }

  private void listen(Settings settings, Sandbox scripts, Sandbox files) {
    Metrics metrics = open.add(new Metrics());
    metrics.watchPool(scripts::status);
    List<Endpoint> endpoints = settings.http().metrics() ? List.of(metrics.endpoint()) : List.of();
    settings
        .http()
        .settings(false)
        .ifPresent(
            where ->
                open.add(
                    HttpServer.start(
                        where,
                        endpoints,
                        List.of(
                            new Readiness("sandbox", () -> scripts.status().serves()),
                            new Readiness("files", () -> files.status().serves())))));
  }

  @Override
  public Optional<URI> signInLink() {
    return Optional.empty();
  }

  @Override
  public void close() {
    open.close();
  }
}

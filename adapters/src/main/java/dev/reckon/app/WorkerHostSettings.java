package dev.reckon.app;

import dev.reckon.adapters.config.Configuration;
import dev.reckon.adapters.config.Secret;
import dev.reckon.sandbox.remote.Credentials;
import dev.reckon.sandbox.remote.HostAddress;
import dev.reckon.sandbox.remote.RemoteSettings;
import dev.reckon.sandbox.remote.WorkerHost;
import dev.reckon.sandbox.wire.ToHost;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Worker hosts: which of them run this program's scripts, and what this program is as one of them.
 *
 * @param used the hosts that are used instead of processes here; empty for processes here
 * @param listen where {@code reckon worker} listens, as {@code HOST:PORT}
 * @param credentials what either side shows and asks for
 * @param patience how long scripts wait while no host can be reached
 * @param connections the most that a host serves at a time
 * @param heldMib of scripts and files that a host holds at a time
 * @param introduction how long a connection to a host may take to show who it is
 */
record WorkerHostSettings(
    List<HostAddress> used,
    String listen,
    Credentials credentials,
    Duration patience,
    int connections,
    int heldMib,
    Duration introduction) {

  /** Reads {@code sandbox.url} and the keys {@code worker.*}. */
  static WorkerHostSettings from(Configuration configuration, Path home) {
    List<HostAddress> used = used(configuration);
    return new WorkerHostSettings(
        used,
        configuration.text("worker.listen", "127.0.0.1:7443"),
        credentials(configuration, home, used),
        Duration.ofSeconds(configuration.number("worker.patience_seconds", 60, 0, 86_400)),
        configuration.number("worker.connections", 2_000, 1, 65_536),
        configuration.number("worker.held_mib", 512, 1, 65_536),
        Duration.ofSeconds(configuration.number("worker.handshake_seconds", 5, 1, 300)));
  }

  private static List<HostAddress> used(Configuration configuration) {
    return configuration.texts("sandbox.url", List.of()).stream()
        .flatMap(
            text -> {
              try {
                return Stream.of(HostAddress.parse(text));
              } catch (IllegalArgumentException e) {
                configuration.problem("sandbox.url", String.valueOf(e.getMessage()));
                return Stream.empty();
              }
            })
        .distinct()
        .toList();
  }

  private static Credentials credentials(
      Configuration configuration, Path home, List<HostAddress> used) {
    Optional<Path> certificate = FileKeys.path(configuration, "worker.certificate", home);
    Optional<Path> key = FileKeys.path(configuration, "worker.key", home);
    Optional<Path> ca = FileKeys.path(configuration, "worker.ca", home);
    String token = token(configuration, home);
    if (certificate.isPresent() != key.isPresent()) {
      configuration.problem(
          "worker." + (certificate.isPresent() ? "key" : "certificate"),
          "a certificate and its key are given together");
      return Credentials.NONE;
    }
    boolean remote = used.stream().anyMatch(HostAddress::tls);
    if (remote && certificate.isEmpty() && token.isEmpty()) {
      configuration.problem(
          "sandbox.url",
          "a worker host asks who uses it; set worker.certificate and worker.key, or a token"
              + " (worker.token_file or RECKON_WORKER_TOKEN)");
    }
    try {
      return remote || certificate.isPresent() || ca.isPresent()
          ? Credentials.of(certificate, key, ca, token)
          : new Credentials(Optional.empty(), false, false, token);
    } catch (IOException e) {
      configuration.problem("worker.certificate", String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      configuration.problem("worker.token", String.valueOf(e.getMessage()));
    }
    return Credentials.NONE;
  }

  private static String token(Configuration configuration, Path home) {
    Secret given = configuration.secret("worker.token", "RECKON_WORKER_TOKEN");
    Optional<Path> file = FileKeys.path(configuration, "worker.token_file", home);
    if (given.isSet() || file.isEmpty()) {
      return given.value();
    }
    Optional<Secret> read = FileKeys.secret(configuration, "worker.token_file", file.get());
    if (read.isPresent() && !read.get().isSet()) {
      configuration.problem("worker.token_file", file.get() + " is empty");
    }
    return read.orElse(Secret.NONE).value();
  }

  /** What uses one pool of these hosts. */
  RemoteSettings remote(ToHost.Service service, boolean requireLockdown) {
    return new RemoteSettings(
        used, credentials, service, Assembly.VERSION, requireLockdown, patience);
  }

  /**
   * What serves pools here.
   *
   * @param address {@code HOST:PORT}
   * @param grace how long closing waits for scripts that run
   * @throws IllegalArgumentException saying what is wrong or missing
   */
  WorkerHost.Settings host(String address, Duration grace) {
    int colon = address.lastIndexOf(':');
    String host = colon < 0 ? "" : address.substring(0, colon);
    String name = HostAddress.unbracketed(host);
    try {
      return new WorkerHost.Settings(
          name.isEmpty() ? "0.0.0.0" : name,
          port(address.substring(colon + 1)),
          credentials,
          Assembly.VERSION,
          connections,
          heldMib,
          introduction,
          grace);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "\"" + address + "\" is no address to listen at; write HOST:PORT, such as 0.0.0.0:7443",
          e);
    }
  }

  private static int port(String digits) {
    int port = Integer.parseInt(digits);
    if (port < 0 || port > 65_535) {
      throw new NumberFormatException("a port is a number from 0 to 65535");
    }
    return port;
  }
}

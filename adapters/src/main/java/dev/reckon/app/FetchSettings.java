package dev.reckon.app;

import dev.reckon.adapters.config.Configuration;
import dev.reckon.adapters.fetch.HttpsFetcher;
import dev.reckon.core.files.AddressFetcher;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Files by their address: the keys {@code fetch.*}.
 *
 * @param hosts that files are fetched from; none by default
 * @param time that fetching one may take
 * @param proxy that connections go through; unresolved
 */
record FetchSettings(List<String> hosts, Duration time, Optional<InetSocketAddress> proxy) {
  FetchSettings {
    hosts = List.copyOf(hosts);
  }

  static FetchSettings from(Configuration configuration) {
    List<String> hosts = configuration.texts("fetch.hosts", List.of());
    for (String host : hosts) {
      if (!isHost(host)) {
        configuration.problem(
            "fetch.hosts", "needs names such as data.example.org or *.example.org, not " + host);
      }
    }
    return new FetchSettings(
        hosts,
        Duration.ofSeconds(configuration.number("fetch.seconds", 30, 1, 600)),
        proxy(configuration));
  }

  private static Optional<InetSocketAddress> proxy(Configuration configuration) {
    String written = configuration.text("fetch.proxy", "");
    if (written.isEmpty()) {
      return Optional.empty();
    }
    int colon = written.lastIndexOf(':');
    String host = colon < 0 ? "" : written.substring(0, colon);
    boolean known =
        host.matches("[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]") && isPort(written.substring(colon + 1));
    if (!known) {
      configuration.problem(
          "fetch.proxy", "needs a host and a port, such as proxy.example.org:3128, not " + written);
      return Optional.empty();
    }
    return Optional.of(
        InetSocketAddress.createUnresolved(host, Integer.parseInt(written.substring(colon + 1))));
  }

  /** A name rather than an address in numbers, with or without a port. */
  private static boolean isHost(String written) {
    String[] parts = written.split(":", 2);
    String name = parts[0].startsWith("*.") ? parts[0].substring(2) : parts[0];
    return parts[0].indexOf('.') >= 0
        && name.matches("[A-Za-z0-9.-]+")
        && !name.matches("[0-9.]+")
        && (parts.length == 1 || isPort(parts[1]));
  }

  private static boolean isPort(String written) {
    return written.matches("\\d{1,5}")
        && Integer.parseInt(written) > 0
        && Integer.parseInt(written) < 65_536;
  }

  AddressFetcher fetcher() {
    return hosts.isEmpty() ? AddressFetcher.NONE : new HttpsFetcher(hosts, time, proxy);
  }
}

package dev.reckon.app;

import dev.reckon.adapters.config.Configuration;
import dev.reckon.adapters.fetch.HttpsFetcher;
import dev.reckon.core.files.AddressFetcher;
import java.time.Duration;
import java.util.List;

/**
 * Files by their address: the keys {@code fetch.*}.
 *
 * @param hosts that files are fetched from; none by default
 * @param time that fetching one may take
 */
record FetchSettings(List<String> hosts, Duration time) {
  FetchSettings {
    hosts = List.copyOf(hosts);
  }

  static FetchSettings from(Configuration configuration) {
    List<String> hosts = configuration.texts("fetch.hosts", List.of());
    for (String host : hosts) {
      if (!host.matches("(\\*\\.)?[A-Za-z0-9.-]+(:\\d{1,5})?") || host.indexOf('.') < 0) {
        configuration.problem(
            "fetch.hosts", "needs names such as data.example.org or *.example.org, not " + host);
      }
    }
    return new FetchSettings(
        hosts, Duration.ofSeconds(configuration.number("fetch.seconds", 30, 1, 600)));
  }

  AddressFetcher fetcher() {
    return hosts.isEmpty() ? AddressFetcher.NONE : new HttpsFetcher(hosts, time);
  }
}

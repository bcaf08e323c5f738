package dev.reckon.app;

import dev.reckon.adapters.cli.TerminalMessages;
import dev.reckon.adapters.config.Configuration;
import dev.reckon.adapters.web.WebSettings;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reckon in the browser: the keys {@code web.*}.
 *
 * @param enabled whether pages are served
 * @param hosts names under which pages may be asked for, besides this machine's own
 * @param session how long a browser stays signed in without being used
 */
record WebSurfaceSettings(
    boolean enabled,
    Set<String> hosts,
    Duration session,
    int streams,
    int streamsPerSession,
    int messageBytes) {
  static WebSurfaceSettings from(Configuration configuration) {
    Set<String> hosts = new TreeSet<>();
    configuration
        .texts("web.hosts", List.of())
        .forEach(host -> hosts.add(host.toLowerCase(Locale.ROOT)));
    return new WebSurfaceSettings(
        configuration.flag("web.enabled", false),
        hosts,
        Duration.ofHours(configuration.number("web.session_hours", 168, 1, 8_760)),
        configuration.number("web.open_pages", 200, 1, 10_000),
        configuration.number("web.open_pages_per_browser", 12, 1, 1_000),
        1024 * 1024 * configuration.number("web.message_mib", 25, 1, 1_024));
  }

  /**
   * For the surface.
   *
   * @param noModel why no model can be asked; empty when one can
   */
  WebSettings settings(String noModel) {
    return new WebSettings(
        TerminalMessages.localPerson(),
        TerminalMessages.LOCAL_TEAM,
        hosts,
        session,
        streams,
        streamsPerSession,
        messageBytes,
        noModel);
  }
}

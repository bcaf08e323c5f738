package dev.reckon.adapters.web;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Where requests may come from: the names under which Reckon is served, against DNS rebinding, and
 * its own pages, against forms of others. Safe for use by any number of threads.
 */
final class RequestSource {
  private static final Set<String> OWN_NAMES = Set.of("127.0.0.1", "localhost", "[::1]");

  private final WebSettings settings;
  private final TeamAccess access;

  RequestSource(WebSettings settings, TeamAccess access) {
    this.settings = settings;
    this.access = access;
  }

  /** Why a request that changes something is refused, judged by its headers. */
  Optional<String> refusal(Function<String, Optional<String>> headers) {
    Optional<String> host = headers.apply("Host");
    if (!isKnownHost(host)) {
      return Optional.of("Reckon is not served as this host.");
    }
    boolean foreign =
        headers.apply("Origin").filter(origin -> !isOrigin(origin, host.orElse(""))).isPresent()
            || headers
                .apply("Sec-Fetch-Site")
                .filter(site -> !site.equals("same-origin") && !site.equals("none"))
                .isPresent();
    return foreign ? Optional.of("The request came from another page.") : Optional.empty();
  }

  private static boolean isOrigin(String origin, String host) {
    try {
      return host.equalsIgnoreCase(String.valueOf(URI.create(origin).getAuthority()));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Whether Reckon is served under the name of that Host header. */
  boolean isKnownHost(Optional<String> host) {
    String name = host.orElse("").replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT);
    return OWN_NAMES.contains(name)
        || settings.hosts().contains(name)
        || access.publicUrl().filter(url -> name.equalsIgnoreCase(url.getHost())).isPresent();
  }
}

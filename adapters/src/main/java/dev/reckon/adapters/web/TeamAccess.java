package dev.reckon.adapters.web;

import dev.reckon.core.policy.AdmissionRequest;
import dev.reckon.core.surface.Readership;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * How the members of a team reach the pages.
 *
 * @param publicUrl where people reach this server, without a path; empty when only its owner does
 * @param readerships who reads what, one for each platform that is switched on
 * @param membership how long what a platform said of a person is believed
 * @param sharing how long a shared link lasts; zero when nothing may be shared
 * @param providers who vouches for people
 * @param proxy a proxy that signs people in by a header
 * @param refusal why somebody may not use Reckon at all, asked and recorded when they sign in
 * @param shutOut the same by the policy's lists alone, asked for each page
 */
public record TeamAccess(
    Optional<URI> publicUrl,
    List<Readership> readerships,
    Duration membership,
    Duration sharing,
    List<OpenIdProvider> providers,
    Optional<ProxySignIn> proxy,
    Function<AdmissionRequest, Optional<String>> refusal,
    Function<AdmissionRequest, Optional<String>> shutOut) {
  /** Only the owner of this machine's store. */
  public static final TeamAccess NONE =
      new TeamAccess(
          Optional.empty(),
          List.of(),
          Duration.ofMinutes(5),
          Duration.ofDays(30),
          List.of(),
          Optional.empty(),
          asking -> Optional.empty(),
          asking -> Optional.empty());

  public TeamAccess {
    readerships = List.copyOf(readerships);
    providers = List.copyOf(providers);
    publicUrl.ifPresent(TeamAccess::check);
    if (publicUrl.isEmpty() && !providers.isEmpty()) {
      throw new IllegalArgumentException(
          "signing in with Slack or Telegram needs http.public_url, to which they send people"
              + " back");
    }
  }

  /** Refuses what is no address of a server. */
  public static void check(URI address) {
    boolean local = isLoopback(String.valueOf(address.getHost()));
    boolean scheme =
        "https".equals(address.getScheme()) || ("http".equals(address.getScheme()) && local);
    String path = String.valueOf(address.getRawPath());
    if (!scheme
        || address.getHost() == null
        || address.getRawUserInfo() != null
        || !(path.isEmpty() || path.equals("/"))
        || address.getRawQuery() != null
        || address.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "http.public_url must be an https address without a path, such as"
              + " https://reckon.example.org");
    }
  }

  private static boolean isLoopback(String host) {
    return host.equals("127.0.0.1") || host.equals("localhost") || host.equals("[::1]");
  }

  /** Where people reach a page of this server. */
  URI at(String path) {
    return publicUrl.orElseThrow().resolve(path);
  }

  /** Whether people reach it by TLS under that host name, with its port. */
  boolean isSecure(String host) {
    return publicUrl
        .filter(url -> "https".equals(url.getScheme()))
        .filter(url -> url.getRawAuthority().equalsIgnoreCase(host))
        .isPresent();
  }
}

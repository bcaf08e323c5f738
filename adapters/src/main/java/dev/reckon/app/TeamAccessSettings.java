package dev.reckon.app;

import dev.reckon.adapters.config.Configuration;
import dev.reckon.adapters.web.OpenIdProvider;
import dev.reckon.adapters.web.ProxySignIn;
import dev.reckon.adapters.web.TeamAccess;
import dev.reckon.core.policy.Admission;
import dev.reckon.core.policy.AdmissionRequest;
import dev.reckon.core.policy.Decision;
import dev.reckon.core.policy.PolicyInForce;
import dev.reckon.core.surface.Readership;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * How a team reaches the pages: {@code http.public_url} and the keys {@code web.*} about signing
 * in, members and shared links.
 *
 * @param publicUrl empty while only this machine's owner reaches the pages
 * @param membership how long what a platform said of a person is believed
 * @param sharing how long a shared link lasts; zero when nothing may be shared
 */
record TeamAccessSettings(
    Optional<URI> publicUrl,
    Duration membership,
    Duration sharing,
    List<OpenIdProvider> providers,
    Optional<ProxySignIn> proxy) {
  TeamAccessSettings {
    providers = List.copyOf(providers);
  }

  static TeamAccessSettings from(Configuration configuration) {
    Optional<URI> publicUrl = publicUrl(configuration);
    List<OpenIdProvider> providers = new ArrayList<>();
    slack(configuration).ifPresent(providers::add);
    telegram(configuration).ifPresent(providers::add);
    if (!providers.isEmpty() && publicUrl.isEmpty()) {
      configuration.problem(
          "http.public_url",
          "signing in with Slack or Telegram needs it: people are sent back there");
      providers.clear();
    }
    return new TeamAccessSettings(
        publicUrl,
        Duration.ofMinutes(configuration.number("web.membership_minutes", 5, 1, 60)),
        Duration.ofDays(configuration.number("web.share_days", 30, 0, 3_650)),
        providers,
        proxy(configuration));
  }

  private static Optional<URI> publicUrl(Configuration configuration) {
    String text = configuration.text("http.public_url", "");
    return text.isBlank()
        ? Optional.empty()
        : attempt(
            configuration,
            "http.public_url",
            () -> {
              URI url = URI.create(text.strip());
              TeamAccess.check(url);
              return url.resolve("/");
            });
  }

  private static Optional<OpenIdProvider> slack(Configuration configuration) {
    String id = configuration.text("web.slack_client_id", "SLACK_CLIENT_ID", "");
    String secret = configuration.secret("web.slack_client_secret", "SLACK_CLIENT_SECRET").value();
    String team = configuration.text("web.slack_team", "");
    if (id.isBlank() && team.isBlank()) {
      return Optional.empty();
    }
    if (!configuration.flag("slack.enabled", false)) {
      configuration.problem(
          "web.slack_client_id",
          "needs slack.enabled = true: Reckon asks Slack whether somebody is a guest or has left");
      return Optional.empty();
    }
    return attempt(
        configuration, "web.slack_client_id", () -> OpenIdProvider.slack(id, secret, team));
  }

  private static Optional<OpenIdProvider> telegram(Configuration configuration) {
    String id = configuration.text("web.telegram_client_id", "TELEGRAM_CLIENT_ID", "");
    String secret =
        configuration.secret("web.telegram_client_secret", "TELEGRAM_CLIENT_SECRET").value();
    return id.isBlank()
        ? Optional.empty()
        : attempt(
            configuration, "web.telegram_client_id", () -> OpenIdProvider.telegram(id, secret));
  }

  private static Optional<ProxySignIn> proxy(Configuration configuration) {
    String header = configuration.text("web.proxy_header", "");
    List<String> addresses =
        configuration.texts("web.proxy_addresses", List.of("127.0.0.1", "::1"));
    String person = configuration.text("web.proxy_person", "proxy/*");
    String team = configuration.text("web.proxy_team", "proxy");
    return header.isBlank()
        ? Optional.empty()
        : attempt(
            configuration,
            "web.proxy_header",
            () -> new ProxySignIn(header, Set.copyOf(addresses), person, team));
  }

  private static <T> Optional<T> attempt(
      Configuration configuration, String key, Supplier<T> made) {
    try {
      return Optional.of(made.get());
    } catch (IllegalArgumentException e) {
      configuration.problem(key, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /** For the surface. */
  TeamAccess access(List<Readership> readerships, Admission admission, PolicyInForce policy) {
    return new TeamAccess(
        publicUrl,
        readerships,
        membership,
        sharing,
        providers,
        proxy,
        asking -> refusal(admission, asking),
        asking -> policy.shutsOut(asking).map(Decision.Refused::sentence));
  }

  private static Optional<String> refusal(Admission admission, AdmissionRequest asking) {
    return admission.admit(asking) instanceof Decision.Refused refused
        ? Optional.of(refused.sentence())
        : Optional.empty();
  }
}

package dev.reckon.app;

import dev.reckon.adapters.cli.Finding;
import dev.reckon.adapters.setup.CredentialCheck;
import dev.reckon.adapters.slack.SlackCheck;
import dev.reckon.adapters.slack.SlackSettings;
import dev.reckon.adapters.telegram.TelegramCheck;
import dev.reckon.adapters.telegram.TelegramSettings;
import dev.reckon.adapters.web.OpenIdProvider;
import dev.reckon.adapters.web.PagesCheck;
import dev.reckon.core.store.jdbi.JdbiStore;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Checks the enabled platforms by calling them. */
record SurfaceChecks(SurfaceSettings surfaces, Supplier<JdbiStore> store) {
  void run(Consumer<Finding> found) throws InterruptedException {
    for (String problem : surfaces.problems()) {
      found.accept(
          Finding.wrong("surfaces", problem, "\"reckon start\" does not start before that."));
    }
    Optional<SlackSettings> slack = surfaces.slack();
    if (slack.isPresent()) {
      SlackCheck.of(slack.get(), () -> store.get().installations())
          .forEach(check -> found.accept(finding("slack", check)));
    }
    Optional<TelegramSettings> telegram = surfaces.telegram();
    if (telegram.isPresent()) {
      TelegramCheck.of(telegram.get()).forEach(check -> found.accept(finding("telegram", check)));
    }
    Optional<URI> publicUrl = surfaces.team().publicUrl();
    if (publicUrl.isPresent()) {
      pages(publicUrl.get(), found);
    }
  }

  private void pages(URI publicUrl, Consumer<Finding> found) throws InterruptedException {
    if (!surfaces.web().enabled()) {
      found.accept(
          Finding.less(
              "pages",
              "http.public_url is set, but no pages are served",
              "Set web.enabled = true, or leave http.public_url empty."));
      return;
    }
    found.accept(finding("pages", PagesCheck.address(publicUrl)));
    List<OpenIdProvider> providers = surfaces.team().providers();
    for (OpenIdProvider provider : providers) {
      found.accept(
          finding(
              "signing in with " + provider.platform(), PagesCheck.provider(provider, publicUrl)));
    }
    if (providers.isEmpty() && surfaces.team().proxy().isEmpty()) {
      found.accept(
          Finding.less(
              "signing in",
              "nobody but this machine's owner can sign in",
              "Set web.slack_client_id, web.telegram_client_id or web.proxy_header; docs/web.md"
                  + " describes each."));
    }
  }

  /** What is good, and could be better, is less. */
  private static Finding finding(String part, CredentialCheck check) {
    if (!check.good()) {
      return Finding.wrong(part, check.found(), check.advice());
    }
    return check.advice().isEmpty()
        ? Finding.good(part, check.found())
        : Finding.less(part, check.found(), check.advice());
  }
}

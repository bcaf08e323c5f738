package dev.reckon.app;

import dev.reckon.adapters.cli.Finding;
import dev.reckon.adapters.setup.CredentialCheck;
import dev.reckon.adapters.slack.SlackCheck;
import dev.reckon.adapters.slack.SlackSettings;
import dev.reckon.adapters.telegram.TelegramCheck;
import dev.reckon.adapters.telegram.TelegramSettings;
import dev.reckon.core.store.jdbi.JdbiStore;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Checks the enabled platforms by calling them. */
record SurfaceChecks(SurfaceSettings surfaces, Supplier<JdbiStore> store) {
  void run(Consumer<Finding> found) throws InterruptedException {
    for (String problem : surfaces.problems()) {
      found.accept(
          Finding.wrong("surfaces", problem, "Until then \"reckon start\" does not start."));
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

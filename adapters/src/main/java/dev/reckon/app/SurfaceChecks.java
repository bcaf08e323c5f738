package dev.reckon.app;

import dev.reckon.adapters.cli.Finding;
import dev.reckon.adapters.slack.SlackCheck;
import dev.reckon.adapters.slack.SlackSettings;
import dev.reckon.adapters.telegram.TelegramCheck;
import dev.reckon.adapters.telegram.TelegramSettings;
import java.util.Optional;
import java.util.function.Consumer;

/** Looks at the platforms that are switched on, by asking them. */
record SurfaceChecks(SurfaceKeys surfaces) {
  void run(Consumer<Finding> found) throws InterruptedException {
    for (String problem : surfaces.problems()) {
      found.accept(
          Finding.wrong("surfaces", problem, "Until then \"reckon start\" does not start."));
    }
    Optional<SlackSettings> slack = surfaces.slack();
    if (slack.isPresent()) {
      for (SlackCheck check : SlackCheck.of(slack.get())) {
        found.accept(finding("slack", check.good(), check.words(), check.remedy()));
      }
    }
    Optional<TelegramSettings> telegram = surfaces.telegram();
    if (telegram.isPresent()) {
      for (TelegramCheck check : TelegramCheck.of(telegram.get())) {
        found.accept(finding("telegram", check.good(), check.found(), check.advice()));
      }
    }
  }

  /** What is good, and could be better, is less. */
  private static Finding finding(String part, boolean good, String words, String advice) {
    if (!good) {
      return Finding.wrong(part, words, advice);
    }
    return advice.isEmpty() ? Finding.good(part, words) : Finding.less(part, words, advice);
  }
}

package dev.reckon.app;

import dev.reckon.adapters.config.Configuration;
import dev.reckon.core.store.Privacy.Retention;
import java.time.Duration;

/** How long things are kept: the keys {@code retention.*}. */
final class RetentionSettings {
  private static final int MOST_DAYS = 36_500;

  private RetentionSettings() {}

  static Retention from(Configuration configuration) {
    Duration conversations = days(configuration, "retention.conversations_days", 180);
    Duration files = days(configuration, "retention.files_days", 30);
    Duration outputs = days(configuration, "retention.outputs_days", 90);
    Duration audit = days(configuration, "retention.audit_days", 400);
    if (!audit.isZero() && audit.compareTo(Retention.SHORTEST_AUDIT) < 0) {
      configuration.problem(
          "retention.audit_days",
          "32 or more, or 0, is needed, because budgets are computed from it");
      audit = Duration.ZERO;
    }
    return new Retention(conversations, files, outputs, audit);
  }

  private static Duration days(Configuration configuration, String key, int otherwise) {
    return Duration.ofDays(configuration.number(key, otherwise, 0, MOST_DAYS));
  }
}

package dev.reckon.app;

import dev.reckon.adapters.config.Configuration;
import dev.reckon.core.schedule.ScheduleSettings;
import java.time.Duration;
import java.time.ZoneId;

/** What people may schedule: the keys {@code schedule.*}. */
final class ScheduleLimitSettings {
  private ScheduleLimitSettings() {}

  static ScheduleSettings from(Configuration configuration, ZoneId zone) {
    ScheduleSettings otherwise = ScheduleSettings.DEFAULT;
    return new ScheduleSettings(
        configuration.number("schedule.per_place", otherwise.perPlace(), 0, 10_000),
        configuration.number("schedule.per_team", otherwise.perTeam(), 0, 1_000_000),
        Duration.ofMinutes(
            configuration.number(
                "schedule.shortest_minutes", (int) otherwise.shortest().toMinutes(), 1, 1_440)),
        zone,
        "");
  }
}

package dev.reckon.core.schedule;

import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * What people may schedule.
 *
 * @param perPlace schedules of one channel or private chat
 * @param perTeam schedules of a team
 * @param shortest the shortest time between two runs of one
 * @param zone where times are meant that nobody says more about
 * @param caveat what whoever makes a schedule should know besides, or empty
 */
public record ScheduleSettings(
    int perPlace, int perTeam, Duration shortest, ZoneId zone, String caveat) {
  /** 20 for each place, 200 for a team, a quarter of an hour, UTC. */
  public static final ScheduleSettings DEFAULT =
      new ScheduleSettings(20, 200, Duration.ofMinutes(15), ZoneOffset.UTC, "");

  /** The same with such a caveat. */
  public ScheduleSettings with(String caveat) {
    return new ScheduleSettings(perPlace, perTeam, shortest, zone, caveat);
  }
}

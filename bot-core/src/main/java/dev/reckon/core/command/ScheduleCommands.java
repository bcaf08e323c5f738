package dev.reckon.core.command;

import dev.reckon.core.message.Address;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Reply;
import dev.reckon.core.policy.TurnPermissions;
import dev.reckon.core.schedule.RecurrenceParser;
import dev.reckon.core.store.Schedule;
import dev.reckon.core.store.Schedules;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Commands for the schedules and alerts of a place. */
final class ScheduleCommands {
  private final Schedules schedules;
  private final TurnPermissions permissions;
  private final InstantSource clock;

  ScheduleCommands(Schedules schedules, TurnPermissions permissions, InstantSource clock) {
    this.schedules = schedules;
    this.permissions = permissions;
    this.clock = clock;
  }

  Interpretation list(Incoming incoming) {
    List<Schedule> here = schedules.list(incoming.address());
    if (here.isEmpty()) {
      return Interpretation.notice(
          "Nothing is scheduled here.",
          "For example: every monday 9:00 do NAME, or: alert when do NAME > 80000.");
    }
    List<List<String>> rows =
        here.stream()
            .map(
                one ->
                    List.of(
                        Integer.toString(one.number()),
                        ScheduleText.summary(one),
                        one.isPaused()
                            ? "paused: " + one.paused()
                            : ScheduleText.time(one.nextAt(), ZoneId.of(one.zone()))
                                + " "
                                + one.zone(),
                        String.join(", ", one.files()),
                        one.personName(),
                        last(one)))
            .toList();
    return new Interpretation.Say(
        new Reply(
            0,
            Reply.Kind.NOTICE,
            "Schedules and alerts here; \"pause N\", \"resume N\" and \"unschedule N\" change one",
            List.of(new Block.Table(List.of("N", "what", "next", "reads", "by", "last"), rows)),
            List.of()));
  }

  private static String last(Schedule schedule) {
    Schedule.Run last = schedule.last();
    if (!last.problem().isEmpty()) {
      return last.problem();
    }
    if (last.number() == 0) {
      return "not yet";
    }
    String run = "run " + last.number();
    return last.value().isEmpty() ? run : ScheduleText.value(last.value()) + ", " + run;
  }

  Interpretation pause(Incoming incoming, int number) {
    return change(
        incoming,
        number,
        schedule -> {
          if (schedule.isPaused()) {
            return Interpretation.notice("%d is paused already.".formatted(number));
          }
          schedules.pause(schedule.id(), "by " + incoming.person().name());
          return Interpretation.notice(
              "%d is paused. \"resume %d\" lets it run again.".formatted(number, number));
        });
  }

  /** Whoever lets another one's schedule run again answers for it from then on. */
  Interpretation resume(Incoming incoming, int number) {
    return change(
        incoming,
        number,
        schedule -> {
          ZoneId zone = ZoneId.of(schedule.zone());
          Instant next = RecurrenceParser.stored(schedule.recurrence()).next(clock.instant(), zone);
          Person person = incoming.person();
          schedules.resume(schedule.id(), person, next);
          String runs =
              "%d runs again, next %s (%s)."
                  .formatted(number, ScheduleText.time(next, zone), schedule.zone());
          return person.id().equals(schedule.person())
              ? Interpretation.notice(runs)
              : Interpretation.notice(
                  runs, "It is yours now: it runs in your name, with your permissions and budget.");
        });
  }

  Interpretation unschedule(Incoming incoming, int number) {
    return change(
        incoming,
        number,
        schedule -> {
          schedules.remove(schedule.id());
          return Interpretation.notice(
              "%d has ended: %s.".formatted(number, ScheduleText.summary(schedule)));
        });
  }

  /** A change of a schedule. */
  private interface Change {
    Interpretation to(Schedule schedule);
  }

  private Interpretation change(Incoming incoming, int number, Change change) {
    Address place = incoming.address();
    Optional<Schedule> found = schedules.byNumber(place, number);
    if (found.isEmpty()) {
      return Interpretation.refuse(
          "There is no schedule %d here; \"schedules\" lists what there is.".formatted(number));
    }
    if (!permissions.mayAct(incoming.person(), found.get().person())) {
      return Interpretation.refuse(
          "Schedule %d is %s's: they or an administrator can change it."
              .formatted(number, found.get().personName()));
    }
    return change.to(found.get());
  }
}

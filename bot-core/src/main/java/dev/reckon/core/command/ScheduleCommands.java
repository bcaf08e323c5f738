package dev.reckon.core.command;

import dev.reckon.core.label.Label;
import dev.reckon.core.message.Address;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Language;
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
    Language language = incoming.language();
    List<Schedule> here = schedules.list(incoming.address());
    if (here.isEmpty()) {
      return Interpretation.notice(
          Label.SCHEDULE_NONE.in(incoming.language()),
          Label.SCHEDULE_EXAMPLE.in(incoming.language()));
    }
    List<List<String>> rows =
        here.stream()
            .map(
                one ->
                    List.of(
                        Integer.toString(one.number()),
                        ScheduleText.summary(one),
                        one.isPaused()
                            ? Label.LIST_PAUSED.in(language, one.paused())
                            : ScheduleText.time(one.nextAt(), ZoneId.of(one.zone()))
                                + " "
                                + one.zone(),
                        String.join(", ", one.files()),
                        one.personName(),
                        last(one, language)))
            .toList();
    return new Interpretation.Say(
        new Reply(
            0,
            Reply.Kind.NOTICE,
            Label.SCHEDULE_HEADLINE.in(incoming.language()),
            List.of(
                new Block.Table(
                    List.of(
                        "N",
                        Label.LIST_WHAT.in(language),
                        Label.LIST_NEXT.in(language),
                        Label.LIST_READS.in(language),
                        Label.LIST_BY.in(language),
                        Label.LIST_LAST.in(language)),
                    rows)),
            List.of()));
  }

  private static String last(Schedule schedule, Language language) {
    Schedule.Run last = schedule.last();
    if (!last.problem().isEmpty()) {
      return last.problem();
    }
    if (last.number() == 0) {
      return Label.LIST_NOT_YET.in(language);
    }
    String run = Label.LIST_RUN.in(language, last.number());
    return last.value().isEmpty() ? run : ScheduleText.value(last.value()) + ", " + run;
  }

  Interpretation pause(Incoming incoming, int number) {
    return change(
        incoming,
        number,
        schedule -> {
          if (schedule.isPaused()) {
            return Interpretation.notice(incoming, Label.SCHEDULE_PAUSED_ALREADY, number);
          }
          schedules.pause(schedule.id(), "by " + incoming.person().name());
          return Interpretation.notice(incoming, Label.SCHEDULE_PAUSED, number, number);
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
              Label.SCHEDULE_RESUMED.in(
                  incoming.language(), number, ScheduleText.time(next, zone), schedule.zone());
          return person.id().equals(schedule.person())
              ? Interpretation.notice(runs)
              : Interpretation.notice(runs, Label.SCHEDULE_YOURS.in(incoming.language()));
        });
  }

  Interpretation unschedule(Incoming incoming, int number) {
    return change(
        incoming,
        number,
        schedule -> {
          schedules.remove(schedule.id());
          return Interpretation.notice(
              incoming, Label.SCHEDULE_ENDED, number, ScheduleText.summary(schedule));
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
      return Interpretation.refuse(incoming, Label.SCHEDULE_NO_NUMBER, number);
    }
    if (!permissions.mayAct(incoming.person(), found.get().person())) {
      return Interpretation.refuse(
          incoming, Label.SCHEDULE_OTHERS, number, found.get().personName());
    }
    return change.to(found.get());
  }
}

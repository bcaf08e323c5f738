package dev.reckon.core.delivery;

import dev.reckon.core.message.Content;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Person;
import dev.reckon.core.schedule.Recurrence;
import dev.reckon.core.schedule.RecurrenceParser;
import dev.reckon.core.store.Conversations;
import dev.reckon.core.store.Deliveries;
import dev.reckon.core.store.Schedule;
import dev.reckon.core.store.Schedules;
import dev.reckon.core.store.Store;
import dev.reckon.core.store.Transactions;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a delivery of each schedule whose time has come, once for each time: the delivery and the
 * schedule's next time are kept in one transaction. Times that passed while nothing ran are made up
 * for by one delivery, which says so. Safe for use by any number of threads.
 */
final class DueSchedules {
  private static final Logger LOG = LoggerFactory.getLogger(DueSchedules.class);

  /**
   * A run that begins later than this after its time was missed; one that waits in line was not.
   */
  private static final Duration ON_TIME = Duration.ofMinutes(5);

  private static final int MOST_MISSED = 1_000;

  private final Schedules schedules;
  private final Deliveries deliveries;
  private final Conversations conversations;
  private final Transactions transactions;
  private final InstantSource clock;

  DueSchedules(Store store, InstantSource clock) {
    this.schedules = store.schedules();
    this.deliveries = store.deliveries();
    this.conversations = store.conversations();
    this.transactions = store;
    this.clock = clock;
  }

  /** A delivery that was kept. */
  record Released(long seq, Incoming incoming) {}

  /**
   * Makes deliveries of what is due.
   *
   * @param surfaces those that are switched on
   * @param mine which of the schedules are the caller's
   */
  List<Released> release(Set<String> surfaces, Predicate<Schedule> mine) {
    List<Released> released = new ArrayList<>();
    for (Schedule schedule : schedules.due(surfaces, clock.instant())) {
      if (mine.test(schedule)) {
        transactions.inTransaction(() -> release(schedule.id())).ifPresent(released::add);
      }
    }
    return released;
  }

  /** How long until the next one is due, but no longer than that. */
  Duration pause(Set<String> surfaces, Duration longest) {
    Instant now = clock.instant();
    return schedules
        .nextAt(surfaces)
        .map(next -> Duration.between(now, next))
        .filter(pause -> pause.compareTo(longest) < 0)
        .map(pause -> pause.isNegative() ? Duration.ZERO : pause)
        .orElse(longest);
  }

  /** It may have been changed since it was found due. */
  private Optional<Released> release(long id) {
    Instant now = clock.instant();
    Optional<Schedule> found =
        schedules.find(id).filter(one -> !one.isPaused() && !one.nextAt().isAfter(now));
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Schedule schedule = found.get();
    Instant due = schedule.nextAt();
    try {
      Recurrence recurrence = RecurrenceParser.stored(schedule.recurrence());
      ZoneId zone = ZoneId.of(schedule.zone());
      schedules.dueAt(id, recurrence.next(now, zone));
      Incoming incoming = delivery(schedule, due, missed(recurrence, zone, due, now), now);
      return deliveries.add(incoming).map(seq -> new Released(seq, incoming));
    } catch (DateTimeException | IllegalArgumentException e) {
      LOG.warn("Schedule {} is paused: its time cannot be read", id, e);
      schedules.pause(id, "its time can no longer be read; create it again");
      return Optional.empty();
    }
  }

  private static int missed(Recurrence recurrence, ZoneId zone, Instant due, Instant now) {
    if (Duration.between(due, now).compareTo(ON_TIME) <= 0) {
      return 0;
    }
    int missed = 1;
    for (Instant time = recurrence.next(due, zone);
        !time.isAfter(now) && missed < MOST_MISSED;
        time = recurrence.next(time, zone)) {
      missed++;
    }
    return missed;
  }

  private Incoming delivery(Schedule schedule, Instant due, int missed, Instant now) {
    Person person =
        conversations
            .person(schedule.person())
            .orElseGet(
                () -> new Person(schedule.person(), schedule.personName(), Person.Role.MEMBER));
    return new Incoming(
        "schedule/" + schedule.id() + "/" + due.toEpochMilli(),
        schedule.conversation(),
        schedule.team(),
        person,
        schedule.address(),
        new Content.Scheduled(schedule.id(), schedule.task(), due, missed),
        List.of(),
        now);
  }
}

package dev.reckon.core.store.jdbi;

import dev.reckon.core.message.ConversationId;
import dev.reckon.core.policy.AdmissionRequest;
import dev.reckon.core.policy.AdmissionState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * For several replicas. Places of a replica that ended are free: a turn that continues elsewhere
 * takes its place again, and what waited asks again.
 *
 * @param replica whose deliveries these are
 */
record JdbiAdmissionState(Database database, String replica) implements AdmissionState {
  private static final double MINUTE = 60_000;
  private static final double HOUR = 60 * MINUTE;

  @Override
  public <T> T atomically(Supplier<T> work) {
    return database.write(handle -> work.get());
  }

  @Override
  public boolean holds(String delivery) {
    return is(delivery, true);
  }

  @Override
  public boolean waits(String delivery) {
    return is(delivery, false);
  }

  private boolean is(String delivery, boolean holding) {
    return database.read(
        handle ->
            handle
                .createQuery("select 1 from place where delivery = :id and holding = :holding")
                .bind("id", delivery)
                .bind("holding", holding ? 1 : 0)
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
  }

  @Override
  public boolean free(AdmissionRequest asking, long places) {
    long before =
        database.read(
            handle ->
                handle
                    .createQuery(
                        "select count(*) from place where person = :person and (holding = 1 or seq"
                            + " < coalesce((select seq from place where delivery = :delivery),"
                            + " 9223372036854775807))")
                    .bind("person", asking.person().id())
                    .bind("delivery", asking.delivery())
                    .mapTo(Long.class)
                    .one());
    return before < places;
  }

  @Override
  public void take(AdmissionRequest asking) {
    put(asking, true);
  }

  @Override
  public boolean queue(AdmissionRequest asking) {
    return database.write(
        handle -> {
          boolean known = waits(asking.delivery());
          if (!known) {
            put(asking, false);
          }
          return !known;
        });
  }

  private void put(AdmissionRequest asking, boolean holding) {
    database.update(
        "insert into place (delivery, person, conversation, replica, holding)"
            + " values (?, ?, ?, ?, ?) on conflict (delivery) do update"
            + " set holding = excluded.holding, replica = excluded.replica",
        asking.delivery(),
        asking.person().id(),
        asking.conversation().value(),
        replica,
        holding ? 1 : 0);
  }

  @Override
  public void leave(String delivery) {
    database.update("delete from place where delivery = ? and holding = 0", delivery);
  }

  @Override
  public List<ConversationId> finished(String delivery) {
    return database.write(
        handle ->
            handle
                .createQuery("delete from place where delivery = :id returning person")
                .bind("id", delivery)
                .mapTo(String.class)
                .findOne()
                .map(person -> waiting(handle, person))
                .orElse(List.of()));
  }

  private static List<ConversationId> waiting(Handle handle, String person) {
    return handle
        .createQuery(
            "select conversation from place where person = :person and holding = 0 order by seq")
        .bind("person", person)
        .mapTo(String.class)
        .map(ConversationId::new)
        .list()
        .stream()
        .distinct()
        .toList();
  }

  @Override
  public Optional<Duration> takeToken(String owner, long perMinute, long perHour) {
    return database.write(
        handle -> {
          Left left = left(handle, owner, perMinute, perHour);
          double missing =
              Math.max(
                  missing(left.minute(), perMinute, MINUTE), missing(left.hour(), perHour, HOUR));
          if (missing > 0) {
            return Optional.of(Duration.ofMillis((long) Math.ceil(missing)));
          }
          keep(handle, owner, perMinute, perHour, left.plus(-1));
          return Optional.<Duration>empty();
        });
  }

  @Override
  public void returnToken(String owner, long perMinute, long perHour) {
    database.write(
        handle -> {
          keep(handle, owner, perMinute, perHour, left(handle, owner, perMinute, perHour).plus(1));
          return true;
        });
  }

  /** What is left at this moment, in tokens; without a limit it does not matter. */
  private record Left(double minute, double hour, long at) {
    Left plus(int tokens) {
      return new Left(minute + tokens, hour + tokens, at);
    }
  }

  private Left left(Handle handle, String owner, long perMinute, long perHour) {
    long now = database.engine().now(handle);
    @Nullable Left before =
        handle
            .createQuery(
                "select minute_left, hour_left, at from rate where owner = :owner"
                    + " and per_minute = :minute and per_hour = :hour")
            .bind("owner", owner)
            .bind("minute", perMinute)
            .bind("hour", perHour)
            .map(
                (row, context) ->
                    new Left(
                        row.getDouble("minute_left"),
                        row.getDouble("hour_left"),
                        row.getLong("at")))
            .findOne()
            .orElse(null);
    if (before == null) {
      return new Left(perMinute, perHour, now);
    }
    long passed = Math.max(0, now - before.at());
    return new Left(
        Math.min((double) perMinute, before.minute() + (double) passed * perMinute / MINUTE),
        Math.min((double) perHour, before.hour() + (double) passed * perHour / HOUR),
        now);
  }

  /** Milliseconds until there is a whole token. */
  private static double missing(double left, long limit, double period) {
    return limit == 0 || left >= 1 ? 0 : (1 - left) * period / limit;
  }

  private static void keep(Handle handle, String owner, long perMinute, long perHour, Left left) {
    handle.execute(
        "insert into rate (owner, per_minute, per_hour, minute_left, hour_left, at)"
            + " values (?, ?, ?, ?, ?, ?) on conflict (owner) do update"
            + " set per_minute = excluded.per_minute, per_hour = excluded.per_hour,"
            + " minute_left = excluded.minute_left, hour_left = excluded.hour_left,"
            + " at = excluded.at",
        owner,
        perMinute,
        perHour,
        left.minute(),
        left.hour(),
        left.at());
  }
}

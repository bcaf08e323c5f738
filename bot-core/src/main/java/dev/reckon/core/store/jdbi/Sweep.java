package dev.reckon.core.store.jdbi;

import dev.reckon.core.store.Privacy.Retention;
import dev.reckon.core.store.Privacy.Swept;
import dev.reckon.core.turn.TurnResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Deletes what is older than it may be, in one transaction. */
record Sweep(Handle handle, Json json, Instant now) {
  /** Platforms repeat a delivery for minutes, not for days: until then its id must be known. */
  private static final Duration REPETITIONS = Duration.ofDays(2);

  Swept of(Retention retention) {
    // What told people that they are forgotten still names them.
    handle.execute(
        "delete from outgoing where state <> 'WAITING' and asker is not null"
            + " and json_extract(asker, '$.id') not in (select id from person)");
    int outputs = retention.outputs().isZero() ? 0 : outputs(before(retention.outputs()));
    int files = retention.files().isZero() ? 0 : files(before(retention.files()));
    int turns = retention.conversations().isZero() ? 0 : turns(before(retention.conversations()));
    int audit =
        retention.audit().isZero()
            ? 0
            : handle.execute("delete from audit where at < ?", before(retention.audit()));
    return new Swept(turns, files, outputs, audit);
  }

  private long before(Duration age) {
    return now.minus(age).toEpochMilli();
  }

  private int outputs(long before) {
    List<Long> old =
        handle
            .createQuery(
                "select id from turn where ended_at < :before and result is not null"
                    + " and (coalesce(json_extract(result, '$.output'), '') <> '' or exists"
                    + " (select 1 from attempt where turn = turn.id and output <> ''))")
            .bind("before", before)
            .mapTo(Long.class)
            .list();
    for (long turn : old) {
      TurnResult result =
          json.read(
              handle
                  .createQuery("select result from turn where id = :id")
                  .bind("id", turn)
                  .mapTo(String.class)
                  .one(),
              TurnResult.class);
      handle.execute(
          "update turn set result = ? where id = ?", json.write(withoutOutput(result)), turn);
    }
    handle.execute(
        "update attempt set output = '', error = null where turn in"
            + " (select id from turn where ended_at < ?)",
        before);
    handle.execute("delete from outgoing where state <> 'WAITING' and created_at < ?", before);
    handle.execute("delete from file where turn > 0 and created_at < ?", before);
    handle.execute(JdbiFiles.ORPHANS);
    return old.size();
  }

  private static TurnResult withoutOutput(TurnResult result) {
    return new TurnResult(
        result.turn(),
        result.status(),
        result.message(),
        "",
        result.code(),
        result.steps().stream()
            .map(step -> new TurnResult.Step(step.title(), step.status(), ""))
            .toList(),
        result.attempts().stream()
            .map(
                attempt ->
                    new TurnResult.Attempt(
                        attempt.number(),
                        attempt.step(),
                        attempt.code(),
                        attempt.status(),
                        "",
                        null,
                        null))
            .toList(),
        null,
        List.of(),
        result.usage(),
        result.elapsed());
  }

  private int files(long before) {
    int files = handle.execute("delete from file where created_at < ?", before);
    handle.execute(JdbiFiles.ORPHANS);
    return files;
  }

  private int turns(long before) {
    int turns = handle.execute("delete from turn where ended_at < ?", before);
    long deliveries = Math.min(before, before(REPETITIONS));
    handle.execute(
        "delete from delivery where handled_at < ? and not exists"
            + " (select 1 from turn where turn.delivery = delivery.seq)",
        deliveries);
    handle.execute("delete from outgoing where state <> 'WAITING' and created_at < ?", before);
    handle.execute(
        "delete from posted where at < ? and not exists"
            + " (select 1 from turn where turn.id = posted.turn)",
        before);
    handle.execute("delete from offer where created_at < ?", before);
    handle.execute(
        "delete from conversation where last_seen < ?"
            + " and not exists (select 1 from turn where conversation = conversation.id)"
            + " and not exists (select 1 from delivery where conversation = conversation.id)"
            + " and not exists (select 1 from posted where conversation = conversation.id)"
            + " and not exists (select 1 from outgoing where conversation = conversation.id)"
            + " and not exists (select 1 from file where conversation = conversation.id)",
        before);
    handle.execute(
        "delete from person where last_seen < ?"
            + " and not exists (select 1 from turn where person = person.id)"
            + " and not exists (select 1 from turn where disputed_by = person.id)",
        before);
    return turns;
  }
}

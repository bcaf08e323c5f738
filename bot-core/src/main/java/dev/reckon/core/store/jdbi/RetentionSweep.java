package dev.reckon.core.store.jdbi;

import dev.reckon.core.store.Privacy.Retention;
import dev.reckon.core.store.Privacy.Swept;
import dev.reckon.core.turn.TurnResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Deletes what is older than it may be, a few rows in each transaction: whoever receives something
 * meanwhile waits for one such transaction at most.
 */
record RetentionSweep(Database database, Json json, Retention retention, Instant now) {
  /**
   * Rows that one transaction takes from a table; what hangs on them goes with them (a turn has a
   * handful of attempts and calls).
   */
  static final int ROWS = 20;

  /** Files carry up to tens of megabytes each. */
  static final int FILES = 4;

  /** Platforms repeat a delivery for minutes, not for days: until then its id must be known. */
  private static final Duration REPETITIONS = Duration.ofDays(2);

  /**
   * After an hour a rate has all of its tokens and a channel takes messages, which is what no row
   * says; the rest is for clocks that differ from the database's.
   */
  private static final Duration LONGEST_LIMIT = Duration.ofDays(1);

  /** A part of the work: does at most so many rows and returns how many it did. */
  @FunctionalInterface
  interface Step {
    int take(Handle handle, int most);
  }

  Swept perform() {
    int outputs = 0;
    int files = 0;
    int turns = 0;
    if (!retention.outputs().isZero()) {
      long before = before(retention.outputs());
      outputs = all(ROWS, (handle, most) -> outputs(handle, before, most));
      all(ROWS, (handle, most) -> replies(handle, before, most));
      all(ROWS, (handle, most) -> pages(handle, before, most));
      all(
          FILES,
          (handle, most) -> oldFiles(handle, "turn > 0 and created_at < :before", before, most));
    }
    if (!retention.files().isZero()) {
      long before = before(retention.files());
      files = all(FILES, (handle, most) -> oldFiles(handle, "created_at < :before", before, most));
    }
    if (!retention.conversations().isZero()) {
      turns = conversations(before(retention.conversations()));
    }
    long expired = now.toEpochMilli();
    all(ROWS, (handle, most) -> shares(handle, expired, most));
    all(ROWS, (handle, most) -> sessions(handle, expired, most));
    long unused = before(LONGEST_LIMIT);
    all(ROWS, (handle, most) -> rates(handle, unused, most));
    all(ROWS, (handle, most) -> paces(handle, unused, most));
    int audit =
        retention.audit().isZero()
            ? 0
            : all(
                ROWS,
                delete(
                    """
                    delete from audit where id in
                      (select id from audit where at < :before limit :most)
                    """,
                    before(retention.audit())));
    return new Swept(turns, files, outputs, audit);
  }

  /** Repeats a step, each time in a transaction of its own, until it finds nothing more. */
  private int all(int most, Step step) {
    int done = 0;
    int taken;
    do {
      taken = database.write(handle -> step.take(handle, most));
      done += taken;
    } while (taken == most && !Thread.currentThread().isInterrupted());
    return done;
  }

  /**
   * Deletes rows that nothing refers to any more. To find them takes as long as there are rows that
   * stay, so that is done outside the transaction that deletes them.
   *
   * @param which a condition on the table, which is called {@code c} there
   */
  private void allFound(String table, String key, String which, long before) {
    String condition = " from " + table + " c where " + which;
    String delete = "delete from " + table + " where " + key + " in (select c." + key;
    List<Object> found;
    do {
      found =
          database.read(
              handle ->
                  handle
                      .createQuery("select " + key + condition + " limit :most")
                      .bind("before", before)
                      .bind("most", ROWS)
                      .map((row, context) -> row.getObject(1))
                      .list());
      List<Object> keys = found;
      if (!keys.isEmpty()) {
        database.write(
            handle ->
                handle
                    .createUpdate(delete + condition + " and c." + key + " in (<keys>))")
                    .bind("before", before)
                    .bindList("keys", keys)
                    .execute());
      }
    } while (found.size() == ROWS && !Thread.currentThread().isInterrupted());
  }

  private static Step delete(String sql, long before) {
    return (handle, most) ->
        handle.createUpdate(sql).bind("before", before).bind("most", most).execute();
  }

  private long before(Duration age) {
    return now.minus(age).toEpochMilli();
  }

  /** Returns how many turns were looked at; those without output count as well. */
  private int outputs(Handle handle, long before, int most) {
    List<Long> old =
        handle
            .createQuery(
                """
                select id from turn
                where ended_at < :before and ended_at is not null and outputs_gone = 0
                order by ended_at limit :most
                """)
            .bind("before", before)
            .bind("most", most)
            .mapTo(Long.class)
            .list();
    for (long turn : old) {
      handle
          .createQuery("select result from turn where id = :id and result is not null")
          .bind("id", turn)
          .mapTo(String.class)
          .findOne()
          .ifPresent(
              result ->
                  handle.execute(
                      "update turn set result = ? where id = ?",
                      json.write(withoutOutput(json.read(result, TurnResult.class))),
                      turn));
      handle.execute("update turn set outputs_gone = 1 where id = ?", turn);
      handle.execute("update attempt set output = '', error = null where turn = ?", turn);
    }
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
                        null,
                        attempt.engine()))
            .toList(),
        null,
        List.of(),
        result.usage(),
        result.elapsed(),
        result.language(),
        result.data());
  }

  private static int replies(Handle handle, long before, int most) {
    return delete(
            """
            delete from outgoing where id in
              (select id from outgoing where state <> 'WAITING' and created_at < :before
               limit :most)
            """,
            before)
        .take(handle, most);
  }

  /** Messages of pages in the browser, which show outputs; a page without any is not listed. */
  private static int pages(Handle handle, long before, int most) {
    return delete(
                """
                delete from web_message where id in
                  (select id from web_message where created_at < :before limit :most)
                """,
                before)
            .take(handle, most)
        + delete(
                """
                delete from web_conversation where id in
                  (select id from web_conversation c where c.updated_at < :before
                     and not exists (select 1 from web_message where conversation = c.id)
                   limit :most)
                """,
                before)
            .take(handle, most);
  }

  /** Links that nobody can open any more, whatever the retention. */
  private static int shares(Handle handle, long now, int most) {
    return delete(
            """
            delete from web_share where id in
              (select id from web_share where expires_at <= :before limit :most)
            """,
            now)
        .take(handle, most);
  }

  /** Browsers that are no longer signed in. */
  private static int sessions(Handle handle, long now, int most) {
    return delete(
            """
            delete from web_session where id in
              (select id from web_session where expires_at <= :before limit :most)
            """,
            now)
        .take(handle, most);
  }

  /** How often people and teams asked that have not asked for long. */
  private static int rates(Handle handle, long before, int most) {
    return delete(
            """
            delete from rate where owner in
              (select owner from rate where at < :before limit :most)
            """,
            before)
        .take(handle, most);
  }

  /** Channels that have been free for long. */
  private static int paces(Handle handle, long before, int most) {
    return delete(
            """
            delete from pace where (surface, channel) in
              (select surface, channel from pace where free_at < :before limit :most)
            """,
            before)
        .take(handle, most);
  }

  /** The newest file of a name that a schedule reads does not expire. */
  private static int oldFiles(Handle handle, String which, long before, int most) {
    return JdbiFiles.delete(
        handle,
        "id in (select id from file where "
            + which
            + " and not (current = 1 and exists (select 1 from schedule join schedule_file"
            + " on schedule_file.schedule = schedule.id where schedule.conversation ="
            + " file.conversation and schedule_file.name = file.name)) limit :most)",
        Map.of("before", before, "most", most));
  }

  private int conversations(long before) {
    int turns =
        all(
            ROWS,
            delete(
                """
                delete from turn where id in
                  (select id from turn where ended_at < :before limit :most)
                """,
                before));
    allFound(
        "delivery",
        "seq",
        """
        handled_at < :before and not exists (select 1 from turn where turn.delivery = c.seq)
        """,
        Math.min(before, before(REPETITIONS)));
    all(ROWS, (handle, most) -> replies(handle, before, most));
    all(ROWS, (handle, most) -> pages(handle, before, most));
    all(
        ROWS,
        delete(
            """
            delete from posted where (surface, ref) in
              (select p.surface, p.ref from posted p where p.at < :before and not exists
                 (select 1 from turn where turn.id = p.turn) limit :most)
            """,
            before));
    all(
        ROWS,
        delete(
            """
            delete from offer where id in
              (select id from offer where created_at < :before limit :most)
            """,
            before));
    allFound(
        "conversation",
        "id",
        """
        last_seen < :before
          and not exists (select 1 from turn where turn.conversation = c.id)
          and not exists (select 1 from delivery where delivery.conversation = c.id)
          and not exists (select 1 from posted where posted.conversation = c.id)
          and not exists (select 1 from outgoing where outgoing.conversation = c.id)
          and not exists (select 1 from file where file.conversation = c.id)
          and not exists (select 1 from offer where offer.conversation = c.id)
          and not exists (select 1 from schedule where schedule.conversation = c.id)
        """,
        before);
    allFound(
        "person",
        "id",
        """
        last_seen < :before
          and not exists (select 1 from turn where turn.person = c.id)
          and not exists (select 1 from turn where turn.disputed_by = c.id)
        """,
        before);
    return turns;
  }
}

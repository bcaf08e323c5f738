package dev.reckon.core.store.jdbi;

import dev.reckon.core.message.Content;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Person;
import dev.reckon.core.store.Privacy;
import dev.reckon.core.store.StoreException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets people. In a SQLite file freed pages are overwritten, and the log of changes is emptied
 * into the database, so that what was deleted is not to be found in the file either; a PostgreSQL
 * server reuses the room in its own time. Backups are not touched.
 */
record JdbiPrivacy(Database database, FileContents contents, Json json, Clock clock)
    implements Privacy {
  private static final Logger LOG = LoggerFactory.getLogger(JdbiPrivacy.class);

  private static final String MINE = "(select id from turn where person = :person)";

  @Override
  public Forgetting forget(String person) {
    Forgetting forgetting =
        database.write(
            handle -> {
              int running =
                  count(
                      handle,
                      "select count(*) from turn where person = :person and ended_at is null",
                      person);
              return running > 0
                  ? new Forgetting.StillRunning(running)
                  : delete(handle, person, Pseudonyms.of(handle, person));
            });
    database.read(this::afterErasing);
    deleteObjects();
    return forgetting;
  }

  /** At once where the object store answers; a sweep deletes the rest within half a minute. */
  private void deleteObjects() {
    if (!database.isInTransaction() && contents.answers()) {
      try {
        contents.sweep();
      } catch (StoreException e) {
        LOG.warn("Deleted files are still in the object store. It is tried again.", e);
      }
    }
  }

  /** Left to a later time inside a transaction of the caller's. */
  private boolean afterErasing(Handle handle) {
    boolean free = !handle.isInTransaction();
    if (free) {
      database.engine().afterErasing(handle);
    }
    return free;
  }

  private Forgetting.Done delete(Handle handle, String person, String pseudonym) {
    database.engine().beforeErasing(handle);
    int files =
        JdbiFiles.delete(
            handle,
            "person = :person or (turn > 0 and turn in " + MINE + ")",
            Map.of("person", person));
    run(handle, "delete from posted where turn in " + MINE, person);
    run(
        handle,
        "delete from outgoing where turn in "
            + MINE
            + " or (asker is not null and json_extract(asker, '$.id') = :person)",
        person);
    run(
        handle,
        "delete from web_message where conversation in"
            + " (select id from web_conversation where person = :person)",
        person);
    run(handle, "delete from web_conversation where person = :person", person);
    run(handle, "delete from web_session where person = :person", person);
    run(handle, "delete from web_share where person = :person", person);
    run(handle, "delete from place where person = :person", person);
    run(handle, "delete from rate where owner = :person", person);
    run(handle, "delete from feedback where person = :person", person);
    run(handle, "delete from offer where person = :person", person);
    run(handle, "delete from schedule where person = :person", person);
    run(handle, "delete from memory where scope = 'TEAM:' || :person", person);
    run(handle, "delete from setting where scope = 'PERSON:' || :person", person);
    int own =
        run(
            handle,
            "delete from computation_version where computation in"
                + " (select id from computation where team = :person)",
            person);
    run(handle, "delete from computation where team = :person", person);
    int turns = run(handle, "delete from turn where person = :person", person);
    int kept = rename(handle, person, pseudonym);
    scrubDeliveries(handle, person, pseudonym);
    run(handle, "delete from person where id = :person", person);
    return new Forgetting.Done(turns, files, own, kept);
  }

  /** What stays is the team's or the operator's, and names the person no more. */
  private int rename(Handle handle, String person, String pseudonym) {
    handle.execute(
        "insert into person (id, name, standing, first_seen, last_seen) values (?, ?, 'MEMBER', ?,"
            + " ?) on conflict (id) do nothing",
        pseudonym,
        Pseudonyms.NAME,
        clock.millis(),
        clock.millis());
    handle.execute(
        "update turn set disputed_by = ?, dispute = '' where disputed_by = ?", pseudonym, person);
    handle.execute("update turn set cancelled_by = ? where cancelled_by = ?", pseudonym, person);
    handle.execute(
        "update memory set author = ?, author_name = ?, confirmed_by = ? where author = ?",
        pseudonym,
        Pseudonyms.NAME,
        Pseudonyms.NAME,
        person);
    handle.execute("update setting set set_by = ? where set_by = ?", pseudonym, person);
    handle.execute("update audit set code = '', person = ? where person = ?", pseudonym, person);
    handle.execute(
        "insert into audit (at, event, person, team, conversation, kind, outcome, started_at)"
            + " values (?, 'forgotten', ?, '', '', 'word', 'done', ?)",
        clock.millis(),
        pseudonym,
        clock.millis());
    return handle.execute(
        "update computation_version set saved_by = ?, saved_by_name = ?, request = ''"
            + " where saved_by = ?",
        pseudonym,
        Pseudonyms.NAME,
        person);
  }

  /** The ids stay, so that a platform's repetition is known as one; what waited is given up. */
  private void scrubDeliveries(Handle handle, String person, String pseudonym) {
    List<Long> mine =
        handle
            .createQuery(
                "select seq from delivery where json_extract(incoming, '$.person.id') = :person")
            .bind("person", person)
            .mapTo(Long.class)
            .list();
    for (long seq : mine) {
      Incoming incoming =
          json.read(
              handle
                  .createQuery("select incoming from delivery where seq = :seq")
                  .bind("seq", seq)
                  .mapTo(String.class)
                  .one(),
              Incoming.class);
      handle.execute("delete from attachment where delivery = ?", seq);
      handle.execute("delete from imported where delivery = ?", seq);
      handle.execute(
          "update delivery set incoming = ?, handled_at = coalesce(handled_at, ?) where seq = ?",
          json.write(scrubbed(incoming, pseudonym)),
          clock.millis(),
          seq);
    }
  }

  private static Incoming scrubbed(Incoming incoming, String pseudonym) {
    return new Incoming(
        incoming.delivery(),
        incoming.conversation(),
        incoming.team(),
        new Person(pseudonym, Pseudonyms.NAME, Person.Role.MEMBER),
        incoming.address(),
        new Content.Text("", false),
        List.of(),
        incoming.sentAt(),
        incoming.language());
  }

  @Override
  public Swept sweep(Retention retention, Instant now) {
    Swept swept = new RetentionSweep(database, json, retention, now).perform();
    deleteObjects();
    return swept;
  }

  private static int run(Handle handle, String sql, String person) {
    return handle.createUpdate(sql).bind("person", person).execute();
  }

  private static int count(Handle handle, String sql, String person) {
    return handle.createQuery(sql).bind("person", person).mapTo(Integer.class).one();
  }
}

package dev.reckon.core.store.jdbi;

import dev.reckon.core.store.Lease;
import dev.reckon.core.store.Replicas;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

record JdbiReplicas(Database database, String self) implements Replicas {
  @Override
  public boolean isShared() {
    return !database.engine().isForOneProcess();
  }

  @Override
  public List<String> join(String replica, Duration silence) {
    database.write(
        handle -> {
          if (database.engine().isForOneProcess()) {
            handle.execute("delete from replica where id <> ?", replica);
          }
          askAgain(handle);
          return true;
        });
    return beat(replica, silence);
  }

  /**
   * Looks before it releases: a transaction that reads what others work on at each beat would get
   * into the way of theirs.
   */
  @Override
  public List<String> beat(String replica, Duration silence) {
    boolean heard = database.write(handle -> isHeard(handle, replica, silence));
    return heard && database.read(handle -> leftBehind(handle, replica))
        ? database.write(handle -> release(handle, replica))
        : List.of();
  }

  /**
   * Says that it is alive; returns whether it was heard so long that others can be declared ended.
   */
  private boolean isHeard(Handle handle, String replica, Duration silence) {
    long now = database.engine().now(handle);
    long since = since(handle, replica).orElse(now);
    handle.execute(
        "insert into replica (id, since, expires_at) values (?, ?, ?)"
            + " on conflict (id) do update set since = excluded.since,"
            + " expires_at = excluded.expires_at",
        replica,
        since,
        now + silence.toMillis());
    return database.engine().isForOneProcess() || now - since >= silence.toMillis();
  }

  private boolean leftBehind(Handle handle, String replica) {
    return handle
            .createQuery(
                "select (select count(*) from replica where expires_at <= :now and id <> :replica)"
                    + " + (select count(*) from delivery where handled_at is null and starts > 0"
                    + " and coalesce(replica, '') not in (select id from replica))"
                    + " + (select count(*) from outgoing where state = 'WAITING' and replica is not"
                    + " null and replica not in (select id from replica))")
            .bind("now", database.engine().now(handle))
            .bind("replica", replica)
            .mapTo(Long.class)
            .one()
        > 0;
  }

  private List<String> release(Handle handle, String replica) {
    Set<String> ended =
        new TreeSet<>(
            handle
                .createQuery(
                    "delete from replica where expires_at <= :now and id <> :replica returning id")
                .bind("now", database.engine().now(handle))
                .bind("replica", replica)
                .mapTo(String.class)
                .list());
    handle.execute("delete from place where replica not in (select id from replica)");
    handle.execute("delete from leader where replica not in (select id from replica)");
    handle.execute(
        "update outgoing set replica = null where state = 'WAITING' and replica is not null"
            + " and replica not in (select id from replica)");
    ended.addAll(released(handle));
    return List.copyOf(ended);
  }

  /** When it was first heard in its present life; empty if it counts as ended. */
  private Optional<Long> since(Handle handle, String replica) {
    return handle
        .createQuery("select since from replica where id = :id and expires_at > :now")
        .bind("id", replica)
        .bind("now", database.engine().now(handle))
        .mapTo(Long.class)
        .findOne();
  }

  /** Versions before there were replicas left no name. */
  private static List<String> released(Handle handle) {
    List<String> ended =
        handle
            .createQuery(
                "select distinct coalesce(replica, '') as ended from delivery"
                    + " where handled_at is null and starts > 0"
                    + " and coalesce(replica, '') not in (select id from replica)")
            .mapTo(String.class)
            .list();
    ended.forEach(replica -> Suspects.recover(handle, replica));
    if (!ended.isEmpty()) {
      askAgain(handle);
    }
    return ended;
  }

  /** Whoever gave back a place may have ended before those that waited for it knew. */
  private static void askAgain(Handle handle) {
    handle.execute("update delivery set waits = 2 where handled_at is null and waits = 1");
  }

  @Override
  public void leave(String replica) {
    database.write(
        handle -> {
          handle.execute("delete from leader where replica = ?", replica);
          handle.execute("delete from place where replica = ?", replica);
          return handle.execute("delete from replica where id = ?", replica);
        });
  }

  @Override
  public int alive() {
    return database.read(
        handle ->
            handle
                .createQuery("select count(*) from replica where expires_at > :now")
                .bind("now", database.engine().now(handle))
                .mapTo(Integer.class)
                .one());
  }

  @Override
  public boolean leads(String task, String replica) {
    return database.write(
        handle -> {
          handle.execute(
              "insert into leader (task, replica) values (?, ?) on conflict (task) do nothing",
              task,
              replica);
          return handle
              .createQuery("select replica from leader where task = :task")
              .bind("task", task)
              .mapTo(String.class)
              .one()
              .equals(replica);
        });
  }

  @Override
  public void release(String task, String replica) {
    database.update("delete from leader where task = ? and replica = ?", task, replica);
  }

  @Override
  public boolean holds(Lease lease) {
    return database.read(
        handle -> holds(handle, lease.of() == Lease.Of.DELIVERY ? DELIVERY : REPLY, lease));
  }

  private static final String DELIVERY =
      "select 1 from delivery where seq = :id and epoch = :epoch";
  private static final String REPLY = "select 1 from outgoing where id = :id and epoch = :epoch";

  /**
   * The same, and keeps others from taking over until the transaction ends: whoever takes over
   * changes the row that is locked here, so it sees all of this transaction or none.
   */
  static boolean holdsOn(Handle handle, Engine engine, Lease lease) {
    String sql = lease.of() == Lease.Of.DELIVERY ? DELIVERY : REPLY;
    return holds(handle, sql + engine.lockingRows(), lease);
  }

  private static boolean holds(Handle handle, String sql, Lease lease) {
    return handle
        .createQuery(sql)
        .bind("id", lease.id())
        .bind("epoch", lease.epoch())
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }
}

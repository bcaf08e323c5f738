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
  private static final String DELIVERY =
      "select 1 from delivery where seq = :id and epoch = :epoch";
  private static final String REPLY = "select 1 from outgoing where id = :id and epoch = :epoch";

  /**
   * Places that nobody comes back for. A delivery that waits keeps its row when its replica ends:
   * another one asks again for it, and by that row knows that it was counted and when it came.
   */
  private static final String UNCLAIMED =
      "(holding = 1 or delivery not in (select id from delivery where handled_at is null))";

  // What a look finds is what is released: both ask by the same conditions.
  private static final String SILENT = "expires_at <= :now and id <> :replica";
  private static final String TASK_LEFT = "replica not in (select id from replica)";
  private static final String PLACE_LEFT = TASK_LEFT + " and " + UNCLAIMED;
  private static final String REPLY_LEFT =
      "state = 'WAITING' and replica is not null and replica not in (select id from replica)";

  /** Versions before there were replicas left no name. */
  private static final String DELIVERY_LEFT =
      "handled_at is null and starts > 0"
          + " and coalesce(replica, '') not in (select id from replica)";

  @Override
  public boolean isShared() {
    return !database.engine().isForOneProcess();
  }

  @Override
  public List<String> join(String replica, Duration silence) {
    database.write(
        handle -> {
          if (!isShared()) {
            handle.execute("delete from replica where id <> ?", replica);
          }
          askAgain(handle);
          return true;
        });
    return beat(replica, silence);
  }

  /**
   * Looks before it releases: a transaction that reads what others work on at each beat would
   * conflict with theirs.
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
    return !isShared() || now - since >= silence.toMillis();
  }

  private boolean leftBehind(Handle handle, String replica) {
    return handle
            .createQuery(
                "select (select count(*) from replica where "
                    + SILENT
                    + ") + (select count(*) from delivery where "
                    + DELIVERY_LEFT
                    + ") + (select count(*) from outgoing where "
                    + REPLY_LEFT
                    + ") + (select count(*) from leader where "
                    + TASK_LEFT
                    + ") + (select count(*) from place where "
                    + PLACE_LEFT
                    + ")")
            .bind("now", database.engine().now(handle))
            .bind("replica", replica)
            .mapTo(Long.class)
            .one()
        > 0;
  }

  /**
   * Whoever was away meanwhile, with the database perhaps, releases nothing: the others may have
   * been as silent as it was.
   */
  private List<String> release(Handle handle, String replica) {
    if (isShared() && since(handle, replica).isEmpty()) {
      return List.of();
    }
    Set<String> ended =
        new TreeSet<>(
            handle
                .createQuery("delete from replica where " + SILENT + " returning id")
                .bind("now", database.engine().now(handle))
                .bind("replica", replica)
                .mapTo(String.class)
                .list());
    handle.execute("delete from place where " + PLACE_LEFT);
    handle.execute("delete from leader where " + TASK_LEFT);
    handle.execute("update outgoing set replica = null where " + REPLY_LEFT);
    ended.addAll(released(handle));
    askAgain(handle);
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

  private static List<String> released(Handle handle) {
    List<String> ended =
        handle
            .createQuery(
                "select distinct coalesce(replica, '') as ended from delivery where "
                    + DELIVERY_LEFT)
            .mapTo(String.class)
            .list();
    ended.forEach(replica -> Suspects.recover(handle, replica));
    return ended;
  }

  /** Whoever gave back a place may have ended before those that waited for it knew. */
  private static void askAgain(Handle handle) {
    handle.execute("update delivery set waits = 2 where handled_at is null and waits = 1");
  }

  @Override
  public void leave(String replica) {
    database.writeNow(
        handle -> {
          handle.execute("delete from leader where replica = ?", replica);
          handle.execute("delete from place where replica = ? and " + UNCLAIMED, replica);
          askAgain(handle);
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

  /** A leader that is no longer a replica is replaced, even if nobody has released its task. */
  @Override
  public boolean leads(String task, String replica) {
    return !isShared() || database.write(handle -> isLeader(handle, task, replica));
  }

  @Override
  public void release(String task, String replica) {
    database.writeNow(
        handle ->
            handle.execute("delete from leader where task = ? and replica = ?", task, replica));
  }

  static boolean isLeader(Handle handle, String task, String replica) {
    handle.execute(
        "insert into leader (task, replica) select ?, id from replica where id = ?"
            + " on conflict (task) do update set replica = excluded.replica"
            + " where leader.replica not in (select id from replica)",
        task,
        replica);
    return handle
        .createQuery("select 1 from leader where task = :task and replica = :replica")
        .bind("task", task)
        .bind("replica", replica)
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  /**
   * Whether a lease holds; keeps others from taking over until the transaction ends: whoever does
   * changes the row that is locked here, so it sees all of this transaction or none.
   */
  static boolean holdsOn(Handle handle, Engine engine, Lease lease) {
    String sql = lease.of() == Lease.Of.DELIVERY ? DELIVERY : REPLY;
    return handle
        .createQuery(sql + engine.lockingRows())
        .bind("id", lease.id())
        .bind("epoch", lease.epoch())
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }
}

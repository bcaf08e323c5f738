package dev.reckon.core.store.jdbi;

import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.store.Conversations;
import dev.reckon.core.store.Deliveries;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

record JdbiDeliveries(
    Database database, Json json, DeliveryRows rows, Conversations conversations, Clock clock)
    implements Deliveries {
  private static final String OLDEST =
      "select * from delivery where conversation = :conversation and handled_at is null"
          + " and urgent = :urgent order by seq limit 1";
  private static final int WAITING = 1;

  JdbiDeliveries(Database database, Json json, Conversations conversations, Clock clock) {
    this(database, json, new DeliveryRows(json), conversations, clock);
  }

  @Override
  public Optional<Long> add(Incoming incoming, boolean urgent) {
    return database.write(
        handle -> {
          conversations.arrived(incoming);
          database.engine().holdConversation(handle, incoming.conversation());
          Optional<Long> seq =
              handle
                  .createQuery(
                      "insert into delivery (id, conversation, surface, incoming, received_at,"
                          + " urgent) values (:id, :conversation, :surface, :incoming, :now,"
                          + " :urgent)"
                          + " on conflict (id) do nothing returning seq")
                  .bind("id", incoming.delivery())
                  .bind("conversation", incoming.conversation().value())
                  .bind("surface", incoming.address().surface())
                  .bind("incoming", rows.json(incoming))
                  .bind("now", clock.millis())
                  .bind("urgent", urgent ? 1 : 0)
                  .mapTo(Long.class)
                  .findOne();
          seq.ifPresent(number -> DeliveryRows.keepBytes(handle, number, incoming.attachments()));
          return seq;
        });
  }

  @Override
  public Optional<Delivery> next(ConversationId conversation) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select * from delivery"
                        + " where conversation = :conversation and handled_at is null"
                        + " order by seq limit 1")
                .bind("conversation", conversation.value())
                .map((row, context) -> rows.read(handle, row))
                .findOne());
  }

  @Override
  public Optional<Delivery> take(Line line, String replica) {
    return database.write(
        handle -> {
          Suspects atWork = Suspects.atWork(handle);
          Optional<Delivery> oldest =
              handle
                  .createQuery(OLDEST)
                  .bind("conversation", line.conversation().value())
                  .bind("urgent", line.urgent() ? 1 : 0)
                  .map(
                      (row, context) ->
                          row.getInt("waits") != WAITING
                                  && isFree(row, replica)
                                  && row.getLong("next_at") <= clock.millis()
                                  && atWork.admit(row.getInt("company"))
                              ? Optional.of(rows.read(handle, row))
                              : Optional.<Delivery>empty())
                  .findOne()
                  .flatMap(found -> found);
          return oldest.map(found -> taken(handle, found, replica));
        });
  }

  private static boolean isFree(ResultSet row, String replica) throws SQLException {
    return row.getInt("starts") == 0 || replica.equals(row.getString("replica"));
  }

  /** From now on whoever had it before writes nothing more. */
  private static Delivery taken(Handle handle, Delivery found, String replica) {
    handle.execute(
        "update delivery set starts = 1, replica = ?, epoch = epoch + 1 where seq = ?",
        replica,
        found.seq());
    return found.takenAs(found.epoch() + 1);
  }

  @Override
  public void reached(long seq, Stage stage) {
    database.update(
        "update delivery set stage = ?, tries = 0, deaths = 0, failure = null where seq = ?",
        stage.name(),
        seq);
  }

  @Override
  public void enriched(long seq, Incoming complete) {
    database.write(
        handle -> {
          handle.execute(
              "update delivery set incoming = ? where seq = ?", rows.json(complete), seq);
          conversations.seen(complete);
          return true;
        });
  }

  @Override
  public Map<Integer, Imported> imported(long seq) {
    return database.read(
        handle ->
            handle
                .createQuery("select * from imported where delivery = :seq")
                .bind("seq", seq)
                .reduceRows(
                    new TreeMap<Integer, Imported>(),
                    (found, row) -> {
                      found.put(
                          row.getColumn("position", Integer.class),
                          new Imported(
                              json.readList(row.getColumn("names", String.class), String.class),
                              json.readList(row.getColumn("notices", String.class), String.class)));
                      return found;
                    }));
  }

  @Override
  public void imported(long seq, int position, Imported outcome) {
    database.update(
        "insert into imported (delivery, position, names, notices) values (?, ?, ?, ?)"
            + " on conflict (delivery, position) do nothing",
        seq,
        position,
        json.write(outcome.names()),
        json.write(outcome.notices()));
  }

  @Override
  public void retry(long seq, Instant nextAt, String failure) {
    database.update(
        "update delivery set tries = tries + 1, starts = 0, company = 0, deaths = 0, failure = ?,"
            + " next_at = ? where seq = ?",
        failure,
        nextAt.toEpochMilli(),
        seq);
  }

  @Override
  public void left(long seq) {
    database.update("update delivery set starts = 0, company = 0, deaths = 0 where seq = ?", seq);
  }

  @Override
  public boolean waits(long seq) {
    return database.write(
        handle -> {
          int before =
              handle
                  .createQuery("select waits from delivery where seq = :seq")
                  .bind("seq", seq)
                  .mapTo(Integer.class)
                  .findOne()
                  .orElse(0);
          handle.execute("update delivery set waits = ?, starts = 0 where seq = ?", WAITING, seq);
          return before == 0;
        });
  }

  @Override
  public void ready(ConversationId conversation) {
    database.update(
        "update delivery set waits = 2 where conversation = ? and handled_at is null and waits = 1",
        conversation.value());
  }

  @Override
  public List<Line> due(Set<String> surfaces, String replica) {
    if (surfaces.isEmpty()) {
      return List.of();
    }
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select conversation, urgent from delivery where seq in (select min(seq) from"
                        + " delivery where handled_at is null and surface in (<surfaces>) group by"
                        + " conversation, urgent) and waits <> 1 and next_at <= :now"
                        + " and (starts = 0 or replica = :replica) order by seq")
                .bindList("surfaces", surfaces)
                .bind("now", clock.millis())
                .bind("replica", replica)
                .map(
                    (row, context) ->
                        new Line(
                            new ConversationId(row.getString("conversation")),
                            row.getInt("urgent") == 1))
                .list());
  }

  @Override
  public Optional<Instant> nextAt(Line line) {
    return database.read(
        handle ->
            handle
                .createQuery(OLDEST)
                .bind("conversation", line.conversation().value())
                .bind("urgent", line.urgent() ? 1 : 0)
                .map(
                    (row, context) ->
                        row.getInt("waits") == WAITING
                            ? Optional.<Instant>empty()
                            : Optional.of(Instant.ofEpochMilli(row.getLong("next_at"))))
                .findOne()
                .flatMap(found -> found));
  }

  @Override
  public int ahead(long seq) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select count(*) from delivery where handled_at is null and seq < :seq")
                .bind("seq", seq)
                .mapTo(Integer.class)
                .one());
  }

  @Override
  public List<Delivery> waitingAfter(ConversationId conversation, long seq) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select * from delivery"
                        + " where conversation = :conversation and handled_at is null"
                        + " and seq > :seq order by seq")
                .bind("conversation", conversation.value())
                .bind("seq", seq)
                .map((row, context) -> rows.read(handle, row))
                .list());
  }

  @Override
  public Optional<Delivery> find(String id) {
    return database.read(
        handle ->
            handle
                .createQuery("select * from delivery where id = :id")
                .bind("id", id)
                .map((row, context) -> rows.read(handle, row))
                .findOne());
  }

  @Override
  public Optional<Delivery> before(String message, String change) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select d.* from delivery d join delivery m"
                        + " on m.id = :message and m.conversation = d.conversation"
                        + " where (d.id = m.id or json_extract(d.incoming, '$.content.delivery')"
                        + " = m.id) and d.seq < (select seq from delivery where id = :change)"
                        + " order by d.seq desc limit 1")
                .bind("message", message)
                .bind("change", change)
                .map((row, context) -> rows.read(handle, row))
                .findOne());
  }

  @Override
  public void handled(long seq) {
    database.write(
        handle -> {
          handle.execute("delete from attachment where delivery = ?", seq);
          handle.execute("delete from imported where delivery = ?", seq);
          return handle.execute(
              "update delivery set handled_at = ?, failure = null where seq = ? and handled_at is"
                  + " null",
              clock.millis(),
              seq);
        });
  }

  @Override
  public List<ConversationId> waiting(Set<String> surfaces) {
    if (surfaces.isEmpty()) {
      return List.of();
    }
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select conversation from delivery where handled_at is null"
                        + " and surface in (<surfaces>)"
                        + " group by conversation order by min(seq)")
                .bindList("surfaces", surfaces)
                .mapTo(String.class)
                .map(ConversationId::new)
                .list());
  }
}

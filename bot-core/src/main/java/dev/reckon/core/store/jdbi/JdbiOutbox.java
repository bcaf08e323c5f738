package dev.reckon.core.store.jdbi;

import dev.reckon.core.message.Address;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.MessageRef;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Reply;
import dev.reckon.core.store.Outbox;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

record JdbiOutbox(Database database, Json json, Clock clock) implements Outbox {
  @Override
  public long add(Draft draft) {
    long now = clock.millis();
    Person asker = draft.asker();
    return database.write(
        handle ->
            handle
                .createQuery(
                    "insert into outgoing (conversation, surface, channel, address, turn, reply,"
                        + " asker, asked_at, created_at, next_at) values (:conversation, :surface,"
                        + " :channel, :address, :turn, :reply, :asker, :asked, :now, :now)"
                        + " returning id")
                .bind("conversation", draft.conversation().value())
                .bind("surface", draft.address().surface())
                .bind("channel", draft.address().channel())
                .bind("address", json.write(draft.address()))
                .bind("turn", draft.reply().turn())
                .bind("reply", json.write(draft.reply()))
                .bind("asker", asker == null ? null : json.write(asker))
                .bind("asked", draft.askedAt().toEpochMilli())
                .bind("now", now)
                .mapTo(Long.class)
                .one());
  }

  @Override
  public List<DueReply> due(String surface, String replica, Instant now) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select id, address from outgoing where id in (select min(id) from outgoing"
                        + " where surface = :surface and state = 'WAITING' group by conversation)"
                        + " and next_at <= :now and coalesce(replica, :replica) = :replica"
                        + " order by id")
                .bind("surface", surface)
                .bind("replica", replica)
                .bind("now", now.toEpochMilli())
                .map(
                    (row, context) ->
                        new DueReply(
                            row.getLong("id"), json.read(row.getString("address"), Address.class)))
                .list());
  }

  @Override
  public Optional<OutboxEntry> take(long id, String replica, Instant now) {
    return database.write(
        handle ->
            handle
                .createQuery(
                    "update outgoing set replica = :replica, epoch = epoch + 1 where id = :id"
                        + " and state = 'WAITING' and next_at <= :now"
                        + " and coalesce(replica, :replica) = :replica returning *")
                .bind("id", id)
                .bind("replica", replica)
                .bind("now", now.toEpochMilli())
                .map((row, context) -> outgoing(row))
                .findOne());
  }

  @Override
  public Duration reserve(String surface, String channel, Duration pause) {
    return database.write(
        handle -> {
          long now = database.engine().now(handle);
          long free =
              handle
                  .createQuery(
                      "select free_at from pace where surface = :surface and channel = :channel")
                  .bind("surface", surface)
                  .bind("channel", channel)
                  .mapTo(Long.class)
                  .findOne()
                  .orElse(0L);
          if (free > now) {
            return Duration.ofMillis(free - now);
          }
          free(handle, surface, channel, now + pause.toMillis());
          return Duration.ZERO;
        });
  }

  @Override
  public void hold(String surface, String channel, Duration pause) {
    database.write(
        handle -> free(handle, surface, channel, database.engine().now(handle) + pause.toMillis()));
  }

  private static int free(Handle handle, String surface, String channel, long at) {
    return handle.execute(
        "insert into pace (surface, channel, free_at) values (?, ?, ?)"
            + " on conflict (surface, channel) do update set free_at = excluded.free_at",
        surface,
        channel,
        at);
  }

  @Override
  public Optional<Instant> nextAfter(String surface, Instant now) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select min(next_at) from outgoing where surface = :surface"
                        + " and state = 'WAITING' and next_at > :now")
                .bind("surface", surface)
                .bind("now", now.toEpochMilli())
                .mapTo(Long.class)
                .findOne()
                .map(Instant::ofEpochMilli));
  }

  @Override
  public void choose(long id, boolean fresh) {
    database.update(
        "update outgoing set fresh = ?, receipt = null where id = ?", fresh ? 1 : 0, id);
  }

  @Override
  public void receipt(long id, MessageRef soFar) {
    database.update("update outgoing set receipt = ? where id = ?", soFar.value(), id);
  }

  @Override
  public void sent(long id) {
    end(id, "SENT", null);
  }

  @Override
  public void giveUp(long id, String problem) {
    end(id, "GIVEN_UP", problem);
  }

  private void end(long id, String state, @Nullable String problem) {
    database.write(
        handle -> {
          handle.execute(
              "update outgoing set state = ?, problem = ?, attempts = attempts + 1, ended_at = ?"
                  + " where id = ? and state = 'WAITING'",
              state,
              problem,
              clock.millis(),
              id);
          // What told people that they are forgotten still names them.
          return handle.execute(
              """
              delete from outgoing where id = ? and state <> 'WAITING' and asker is not null
                and json_extract(asker, '$.id') not in (select id from person)
              """,
              id);
        });
  }

  @Override
  public void retry(long id, Instant nextAt, String problem) {
    database.update(
        "update outgoing set attempts = attempts + 1, next_at = ?, problem = ?, replica = null"
            + " where id = ?",
        nextAt.toEpochMilli(),
        problem,
        id);
  }

  @Override
  public void posted(
      String surface, MessageRef message, ConversationId conversation, long turn, boolean anchor) {
    database.write(
        handle -> {
          if (anchor) {
            handle.execute("update posted set anchor = 0 where turn = ?", turn);
          }
          return handle.execute(
              "insert into posted (surface, ref, conversation, turn, anchor, at)"
                  + " values (?, ?, ?, ?, ?, ?) on conflict (surface, ref) do update"
                  + " set anchor = excluded.anchor",
              surface,
              message.value(),
              conversation.value(),
              turn,
              anchor ? 1 : 0,
              clock.millis());
        });
  }

  @Override
  public Optional<MessageRef> anchor(long turn) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select ref from posted where turn = :turn and anchor = 1 order by at desc"
                        + " limit 1")
                .bind("turn", turn)
                .mapTo(String.class)
                .findOne()
                .map(MessageRef::new));
  }

  @Override
  public void replace(long earlier, long turn) {
    database.write(
        handle -> {
          handle.execute(
              "update outgoing set state = 'GIVEN_UP', problem = 'the request was changed',"
                  + " ended_at = ? where turn = ? and state = 'WAITING'",
              clock.millis(),
              earlier);
          return handle.execute(
              "update posted set turn = ? where turn = ? and anchor = 1", turn, earlier);
        });
  }

  @Override
  public void forgetAnchor(long turn) {
    database.update("update posted set anchor = 0 where turn = ?", turn);
  }

  @Override
  public Optional<ConversationId> conversationOf(String surface, MessageRef message) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select conversation from posted where surface = :surface and ref = :ref")
                .bind("surface", surface)
                .bind("ref", message.value())
                .mapTo(String.class)
                .findOne()
                .map(ConversationId::new));
  }

  private OutboxEntry outgoing(ResultSet row) throws SQLException {
    @Nullable String asker = row.getString("asker");
    int fresh = row.getInt("fresh");
    @Nullable Boolean decided = row.wasNull() ? null : (Boolean) (fresh == 1);
    @Nullable String receipt = row.getString("receipt");
    return new OutboxEntry(
        row.getLong("id"),
        new Draft(
            new ConversationId(row.getString("conversation")),
            json.read(row.getString("address"), Address.class),
            json.read(row.getString("reply"), Reply.class),
            asker == null ? null : json.read(asker, Person.class),
            Instant.ofEpochMilli(row.getLong("asked_at"))),
        Instant.ofEpochMilli(row.getLong("created_at")),
        row.getInt("attempts"),
        decided,
        receipt == null ? null : new MessageRef(receipt),
        row.getLong("epoch"));
  }
}

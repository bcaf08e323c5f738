package dev.reckon.core.store.jdbi;

import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.store.Conversations;
import dev.reckon.core.store.Deliveries;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

record JdbiDeliveries(Database database, Json json, Conversations conversations, Clock clock)
    implements Deliveries {
  private static final byte[] ELSEWHERE = new byte[0];

  @Override
  public Optional<Long> add(Incoming incoming) {
    return database.write(
        handle -> {
          conversations.seen(incoming);
          Optional<Long> seq =
              handle
                  .createQuery(
                      "insert into delivery (id, conversation, surface, incoming, received_at)"
                          + " values (:id, :conversation, :surface, :incoming, :now)"
                          + " on conflict (id) do nothing returning seq")
                  .bind("id", incoming.delivery())
                  .bind("conversation", incoming.conversation().value())
                  .bind("surface", incoming.address().surface())
                  .bind("incoming", json.write(withoutBytes(incoming)))
                  .bind("now", clock.millis())
                  .mapTo(Long.class)
                  .findOne();
          seq.ifPresent(number -> keepBytes(handle, number, incoming.attachments()));
          return seq;
        });
  }

  @Override
  public Optional<Delivery> next(ConversationId conversation) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select seq, incoming, received_at from delivery"
                        + " where conversation = :conversation and handled_at is null"
                        + " order by seq limit 1")
                .bind("conversation", conversation.value())
                .map((row, context) -> delivery(handle, row))
                .findOne());
  }

  @Override
  public List<Delivery> waitingAfter(ConversationId conversation, long seq) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select seq, incoming, received_at from delivery"
                        + " where conversation = :conversation and handled_at is null"
                        + " and seq > :seq order by seq")
                .bind("conversation", conversation.value())
                .bind("seq", seq)
                .map((row, context) -> delivery(handle, row))
                .list());
  }

  @Override
  public Optional<Delivery> find(String id) {
    return database.read(
        handle ->
            handle
                .createQuery("select seq, incoming, received_at from delivery where id = :id")
                .bind("id", id)
                .map((row, context) -> delivery(handle, row))
                .findOne());
  }

  @Override
  public Optional<Delivery> before(String message, String change) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select d.seq, d.incoming, d.received_at from delivery d join delivery m"
                        + " on m.id = :message and m.conversation = d.conversation"
                        + " where (d.id = m.id or json_extract(d.incoming, '$.content.delivery')"
                        + " = m.id) and d.seq < (select seq from delivery where id = :change)"
                        + " order by d.seq desc limit 1")
                .bind("message", message)
                .bind("change", change)
                .map((row, context) -> delivery(handle, row))
                .findOne());
  }

  @Override
  public void handled(long seq) {
    database.write(
        handle -> {
          handle.execute("delete from attachment where delivery = ?", seq);
          return handle.execute(
              "update delivery set handled_at = ? where seq = ? and handled_at is null",
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

  private static Incoming withoutBytes(Incoming incoming) {
    return with(
        incoming,
        incoming.attachments().stream()
            .<Attachment>map(
                attachment ->
                    switch (attachment) {
                      case Attachment.Inline inline ->
                          new Attachment.Inline(inline.name(), ELSEWHERE);
                      case Attachment.Remote remote -> remote;
                    })
            .toList());
  }

  private static void keepBytes(Handle handle, long seq, List<Attachment> attachments) {
    for (int i = 0; i < attachments.size(); i++) {
      if (attachments.get(i) instanceof Attachment.Inline inline) {
        handle.execute(
            "insert into attachment (delivery, position, content) values (?, ?, ?)",
            seq,
            i,
            inline.content());
      }
    }
  }

  private Delivery delivery(Handle handle, ResultSet row) throws SQLException {
    long seq = row.getLong("seq");
    Incoming incoming = json.read(row.getString("incoming"), Incoming.class);
    Map<Integer, byte[]> bytes =
        handle
            .createQuery("select position, content from attachment where delivery = :seq")
            .bind("seq", seq)
            .reduceRows(
                new HashMap<Integer, byte[]>(),
                (found, view) -> {
                  found.put(
                      view.getColumn("position", Integer.class),
                      view.getColumn("content", byte[].class));
                  return found;
                });
    List<Attachment> attachments = new ArrayList<>(incoming.attachments());
    bytes.forEach(
        (position, content) ->
            attachments.set(
                position, new Attachment.Inline(attachments.get(position).name(), content)));
    return new Delivery(
        seq, with(incoming, attachments), Instant.ofEpochMilli(row.getLong("received_at")));
  }

  private static Incoming with(Incoming incoming, List<Attachment> attachments) {
    return new Incoming(
        incoming.delivery(),
        incoming.conversation(),
        incoming.team(),
        incoming.person(),
        incoming.address(),
        incoming.content(),
        attachments,
        incoming.sentAt());
  }
}

package dev.reckon.core.store.jdbi;

import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.store.Deliveries.Delivery;
import dev.reckon.core.store.Deliveries.Stage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * A delivery as it is stored: the message as JSON, and the bytes that came with it in rows of their
 * own, so that reading a queue does not read them as text.
 */
record DeliveryRows(Json json) {
  private static final byte[] ELSEWHERE = new byte[0];

  /** The JSON of a message, without the bytes of its files. */
  String json(Incoming incoming) {
    return json.write(
        with(
            incoming,
            incoming.attachments().stream()
                .<Attachment>map(
                    attachment ->
                        switch (attachment) {
                          case Attachment.Inline inline ->
                              new Attachment.Inline(inline.name(), ELSEWHERE);
                          case Attachment.Remote remote -> remote;
                        })
                .toList()));
  }

  /** Stores the bytes that came with a message. */
  static void keepBytes(Handle handle, long seq, List<Attachment> attachments) {
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

  /** The delivery of a row that has all columns. */
  Delivery read(Handle handle, ResultSet row) throws SQLException {
    long seq = row.getLong("seq");
    Incoming incoming = json.read(row.getString("incoming"), Incoming.class);
    return new Delivery(
        seq,
        withBytes(handle, seq, incoming),
        Instant.ofEpochMilli(row.getLong("received_at")),
        Stage.valueOf(row.getString("stage")),
        row.getInt("tries"),
        row.getInt("deaths"),
        row.getInt("company") > 0,
        row.getLong("epoch"));
  }

  private static Incoming withBytes(Handle handle, long seq, Incoming incoming) {
    if (incoming.attachments().stream().noneMatch(Attachment.Inline.class::isInstance)) {
      return incoming;
    }
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
    return with(incoming, attachments);
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
        incoming.sentAt(),
        incoming.language());
  }
}

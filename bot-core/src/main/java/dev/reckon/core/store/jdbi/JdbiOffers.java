package dev.reckon.core.store.jdbi;

import dev.reckon.core.message.ConversationId;
import dev.reckon.core.store.Offers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

record JdbiOffers(Database database, Clock clock) implements Offers {
  @Override
  public long make(ConversationId conversation, String person, String kind, String detail) {
    return database.write(
        handle ->
            handle
                .createQuery(
                    "insert into offer (conversation, person, kind, detail, created_at)"
                        + " values (:conversation, :person, :kind, :detail, :now) returning id")
                .bind("conversation", conversation.value())
                .bind("person", person)
                .bind("kind", kind)
                .bind("detail", detail)
                .bind("now", clock.millis())
                .mapTo(Long.class)
                .one());
  }

  @Override
  public Optional<Offer> find(long id) {
    return database.read(
        handle ->
            handle
                .createQuery("select * from offer where id = :id")
                .bind("id", id)
                .map((row, context) -> offer(row))
                .findOne());
  }

  @Override
  public Optional<Offer> open(ConversationId conversation, String kind) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select * from offer where conversation = :conversation and kind = :kind"
                        + " and taken_at is null and created_at > :since order by id desc limit 1")
                .bind("conversation", conversation.value())
                .bind("kind", kind)
                .bind("since", clock.millis() - OPEN_FOR.toMillis())
                .map((row, context) -> offer(row))
                .findOne());
  }

  @Override
  public List<Offer> latest(ConversationId conversation, String kind, int most) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select * from (select * from offer where conversation = :conversation"
                        + " and kind = :kind order by id desc limit :most) newest order by id")
                .bind("conversation", conversation.value())
                .bind("kind", kind)
                .bind("most", most)
                .map((row, context) -> offer(row))
                .list());
  }

  @Override
  public boolean take(long id) {
    return database.update(
            "update offer set taken_at = ? where id = ? and taken_at is null", clock.millis(), id)
        > 0;
  }

  private static Offer offer(ResultSet row) throws SQLException {
    return new Offer(
        row.getLong("id"),
        new ConversationId(row.getString("conversation")),
        row.getString("person"),
        row.getString("kind"),
        row.getString("detail"));
  }
}

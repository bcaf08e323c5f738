package dev.reckon.core.store.jdbi;

import dev.reckon.core.store.WebShares;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

record JdbiWebShares(Database database) implements WebShares {
  @Override
  public WebShare create(String token, long turn, String person, Instant now, Instant expiresAt) {
    return database.write(
        handle -> {
          long id =
              handle
                  .createQuery(
                      "insert into web_share (token, turn, person, created_at, expires_at)"
                          + " values (:token, :turn, :person, :now, :expires) returning id")
                  .bind("token", token)
                  .bind("turn", turn)
                  .bind("person", person)
                  .bind("now", now.toEpochMilli())
                  .bind("expires", expiresAt.toEpochMilli())
                  .mapTo(Long.class)
                  .one();
          record(handle, turn, person, "made", now);
          return new WebShare(id, turn, person, now, expiresAt);
        });
  }

  @Override
  public Optional<WebShare> find(String token, Instant now) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select id, turn, person, created_at, expires_at from web_share"
                        + " where token = :token and expires_at > :now")
                .bind("token", token)
                .bind("now", now.toEpochMilli())
                .map((row, context) -> share(row))
                .findOne());
  }

  @Override
  public List<WebShare> of(String person, Instant now) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select id, turn, person, created_at, expires_at from web_share"
                        + " where person = :person and expires_at > :now order by id desc")
                .bind("person", person)
                .bind("now", now.toEpochMilli())
                .map((row, context) -> share(row))
                .list());
  }

  @Override
  public boolean revoke(long id, String person, Instant now) {
    return database.write(
        handle -> {
          Optional<Long> turn =
              handle
                  .createQuery(
                      "delete from web_share where id = :id and person = :person returning turn")
                  .bind("id", id)
                  .bind("person", person)
                  .mapTo(Long.class)
                  .findOne();
          turn.ifPresent(shared -> record(handle, shared, person, "revoked", now));
          return turn.isPresent();
        });
  }

  private static void record(Handle handle, long turn, String person, String what, Instant now) {
    handle.execute(
        "insert into audit (at, event, person, team, conversation, turn, kind, outcome, started_at)"
            + " select ?, 'shared', ?, c.team, t.conversation, t.id, 'link', ?, ?"
            + " from turn t join conversation c on c.id = t.conversation where t.id = ?",
        now.toEpochMilli(),
        person,
        what,
        now.toEpochMilli(),
        turn);
  }

  private static WebShare share(ResultSet row) throws SQLException {
    return new WebShare(
        row.getLong("id"),
        row.getLong("turn"),
        row.getString("person"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        Instant.ofEpochMilli(row.getLong("expires_at")));
  }
}

package dev.reckon.core.store.jdbi;

import dev.reckon.core.store.WebSessions;
import java.time.Instant;
import java.util.List;

record JdbiWebSessions(Database database) implements WebSessions {
  @Override
  public void open(WebSession session) {
    database.update(
        "insert into web_session (id, person, name, team, team_name, provider, agent, created_at,"
            + " seen_at, expires_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        session.id(),
        session.person(),
        session.who().name(),
        session.who().team(),
        session.who().teamName(),
        session.who().provider(),
        session.agent(),
        session.createdAt().toEpochMilli(),
        session.seenAt().toEpochMilli(),
        session.expiresAt().toEpochMilli());
  }

  @Override
  public void seen(String id, Instant at, Instant expiresAt) {
    database.update(
        "update web_session set seen_at = ?, expires_at = ? where id = ?",
        at.toEpochMilli(),
        expiresAt.toEpochMilli(),
        id);
  }

  @Override
  public void revoke(String id) {
    database.update("delete from web_session where id = ?", id);
  }

  @Override
  public List<WebSession> valid(Instant now) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select * from web_session where expires_at > :now order by seen_at desc, id")
                .bind("now", now.toEpochMilli())
                .map(
                    (row, context) ->
                        new WebSession(
                            row.getString("id"),
                            new Identity(
                                row.getString("person"),
                                row.getString("name"),
                                row.getString("team"),
                                row.getString("team_name"),
                                row.getString("provider")),
                            row.getString("agent"),
                            Instant.ofEpochMilli(row.getLong("created_at")),
                            Instant.ofEpochMilli(row.getLong("seen_at")),
                            Instant.ofEpochMilli(row.getLong("expires_at"))))
                .list());
  }
}

package dev.reckon.core.store.jdbi;

import dev.reckon.core.store.Installations;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

record JdbiInstallations(Database database) implements Installations {
  @Override
  public Installation install(Installation made) {
    return database.write(
        handle ->
            handle
                .createQuery(
                    "insert into installation (id, details, sealed, installed_at, version)"
                        + " values (:id, :details, :sealed, :at, 1)"
                        + " on conflict (id) do update set details = excluded.details,"
                        + " sealed = excluded.sealed, installed_at = excluded.installed_at,"
                        + " version = installation.version + 1"
                        + " returning id, details, sealed, installed_at, version")
                .bind("id", made.id())
                .bind("details", made.details())
                .bind("sealed", made.sealed())
                .bind("at", made.installedAt().toEpochMilli())
                .map((row, context) -> installation(row))
                .one());
  }

  @Override
  public Optional<Installation> find(String id) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select id, details, sealed, installed_at, version from installation"
                        + " where id = :id")
                .bind("id", id)
                .map((row, context) -> installation(row))
                .findOne());
  }

  @Override
  public List<Installation> all(String surface) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select id, details, sealed, installed_at, version from installation"
                        + " where id > :from and id < :to order by id")
                .bind("from", surface + "/")
                .bind("to", surface + "0")
                .map((row, context) -> installation(row))
                .list());
  }

  @Override
  public boolean replaceTokens(String id, long version, String sealed) {
    return database.update(
            "update installation set sealed = ?, version = version + 1"
                + " where id = ? and version = ?",
            sealed,
            id,
            version)
        > 0;
  }

  @Override
  public boolean remove(String id, Instant removedAt) {
    return database.update(
            "delete from installation where id = ? and installed_at <= ?",
            id,
            removedAt.toEpochMilli())
        > 0;
  }

  @Override
  public void serve(String team, String installation) {
    database.update(
        "insert into installed_team (team, installation)"
            + " select cast(? as text), id from installation where id = ?"
            + " on conflict (team) do update set installation = excluded.installation",
        team,
        installation);
  }

  @Override
  public Optional<String> serving(String team) {
    return database.read(
        handle ->
            handle
                .createQuery("select installation from installed_team where team = :team")
                .bind("team", team)
                .mapTo(String.class)
                .findOne());
  }

  @Override
  public Set<String> served(String installation) {
    return database.read(
        handle ->
            handle
                .createQuery("select team from installed_team where installation = :installation")
                .bind("installation", installation)
                .mapTo(String.class)
                .set());
  }

  @Override
  public void leave(String team, String installation) {
    database.update(
        "delete from installed_team where team = ? and installation = ?", team, installation);
  }

  private static Installation installation(ResultSet row) throws SQLException {
    return new Installation(
        row.getString("id"),
        row.getString("details"),
        row.getString("sealed"),
        Instant.ofEpochMilli(row.getLong("installed_at")),
        row.getLong("version"));
  }
}

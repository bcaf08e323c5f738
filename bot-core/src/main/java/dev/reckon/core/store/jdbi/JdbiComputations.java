package dev.reckon.core.store.jdbi;

import dev.reckon.core.store.Computations;
import dev.reckon.core.store.SavedComputation;
import dev.reckon.core.store.SavedComputation.Parameter;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

record JdbiComputations(Database database, Json json, Clock clock) implements Computations {
  private static final String SELECT =
      "select v.*, c.name from computation_version v join computation c on c.id = v.computation"
          + " where c.team = ? and c.forgotten_at is null ";

  @Override
  public SavedComputation save(String team, SavedComputation computation) {
    return database.write(
        handle -> {
          handle.execute(
              "insert into computation (team, name) values (?, ?) on conflict (team, name)"
                  + " where forgotten_at is null do nothing",
              team,
              computation.name());
          handle.execute(
              "insert into computation_version (computation, version, turn, request, code,"
                  + " parameters, columns, files, status, saved_by, saved_by_name, saved_at, flag)"
                  + " select c.id, coalesce((select max(version) from computation_version"
                  + " where computation = c.id), 0) + 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?"
                  + " from computation c where c.team = ? and c.name = ?"
                  + " and c.forgotten_at is null",
              computation.turn(),
              computation.request(),
              computation.code(),
              json.write(computation.parameters()),
              json.write(computation.columns()),
              json.write(computation.files()),
              computation.status(),
              computation.savedBy(),
              computation.savedByName(),
              computation.savedAt().toEpochMilli(),
              computation.flag(),
              team,
              computation.name());
          return find(team, computation.name()).orElseThrow();
        });
  }

  @Override
  public Optional<SavedComputation> find(String team, String name) {
    return versions(team, name).stream().findFirst();
  }

  @Override
  public List<SavedComputation> versions(String team, String name) {
    return select("and c.name = ? order by v.version desc", team, name);
  }

  @Override
  public List<SavedComputation> list(String team) {
    return select(
        "and v.version = (select max(version) from computation_version where computation = c.id)"
            + " order by c.name",
        team);
  }

  @Override
  public Set<String> savedIn(String team, String conversations) {
    return database.read(
        handle ->
            Set.copyOf(
                handle
                    .select(
                        "select c.name from computation c"
                            + " join computation_version v on v.computation = c.id"
                            + " join turn t on t.id = v.turn"
                            + " where c.team = ? and c.forgotten_at is null"
                            + " and v.version = (select max(version) from computation_version"
                            + " where computation = c.id)"
                            + " and t.conversation >= ? and t.conversation < ?",
                        team,
                        conversations,
                        conversations + Character.MAX_VALUE)
                    .mapTo(String.class)
                    .list()));
  }

  @Override
  public boolean forget(String team, String name) {
    return database.update(
            "update computation set forgotten_at = ? where team = ? and name = ?"
                + " and forgotten_at is null",
            clock.millis(),
            team,
            name)
        > 0;
  }

  private List<SavedComputation> select(String where, Object... arguments) {
    return database.read(
        handle ->
            handle
                .select(SELECT + where, arguments)
                .map((row, context) -> computation(row))
                .list());
  }

  private SavedComputation computation(ResultSet row) throws SQLException {
    return new SavedComputation(
        row.getString("name"),
        row.getInt("version"),
        row.getLong("turn"),
        row.getString("request"),
        row.getString("code"),
        json.readList(row.getString("parameters"), Parameter.class),
        json.readList(row.getString("columns"), String.class),
        json.readList(row.getString("files"), String.class),
        row.getString("status"),
        row.getString("saved_by"),
        row.getString("saved_by_name"),
        Instant.ofEpochMilli(row.getLong("saved_at")),
        row.getString("flag"));
  }
}

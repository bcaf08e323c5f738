package dev.reckon.core.store.jdbi;

import dev.reckon.core.store.Preferences;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

record JdbiSettings(Database database, Clock clock) implements Preferences {
  @Override
  public Optional<String> get(Scope scope, String name) {
    return Optional.ofNullable(all(scope).get(name));
  }

  @Override
  public Map<String, String> all(Scope scope) {
    return database.read(
        handle ->
            handle
                .createQuery("select name, value from setting where scope = :scope")
                .bind("scope", scope.key())
                .reduceRows(
                    new TreeMap<String, String>(),
                    (found, row) -> {
                      found.put(
                          row.getColumn("name", String.class),
                          row.getColumn("value", String.class));
                      return found;
                    }));
  }

  @Override
  public void put(Scope scope, String name, String value, String person) {
    database.update(
        "insert into setting (scope, name, value, set_by, set_at) values (?, ?, ?, ?, ?)"
            + " on conflict (scope, name) do update set value = excluded.value,"
            + " set_by = excluded.set_by, set_at = excluded.set_at",
        scope.key(),
        name,
        value,
        person,
        clock.millis());
  }

  @Override
  public void clear(Scope scope, String name) {
    database.update("delete from setting where scope = ? and name = ?", scope.key(), name);
  }
}

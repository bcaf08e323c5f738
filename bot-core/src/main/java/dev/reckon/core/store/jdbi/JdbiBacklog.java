package dev.reckon.core.store.jdbi;

import dev.reckon.core.store.Backlog;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;

record JdbiBacklog(Database database, Clock clock) implements Supplier<Backlog> {
  @Override
  public Backlog get() {
    return database.readNow(
        handle ->
            handle
                .createQuery(
                    "select (select count(*) from delivery where handled_at is null) as deliveries,"
                        + " (select min(received_at) from delivery where handled_at is null) as"
                        + " oldest_delivery,"
                        + " (select count(*) from outgoing where state = 'WAITING') as replies,"
                        + " (select min(created_at) from outgoing where state = 'WAITING') as"
                        + " oldest_reply")
                .map(
                    (row, context) ->
                        new Backlog(
                            row.getInt("deliveries"),
                            age(row, "oldest_delivery"),
                            row.getInt("replies"),
                            age(row, "oldest_reply")))
                .one());
  }

  private Duration age(ResultSet row, String column) throws SQLException {
    long at = row.getLong(column);
    return row.wasNull() ? Duration.ZERO : Duration.ofMillis(Math.max(0, clock.millis() - at));
  }
}

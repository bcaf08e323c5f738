package dev.reckon.core.store.jdbi;

import dev.reckon.core.policy.AdmissionRequest;
import dev.reckon.core.policy.Decision;
import dev.reckon.core.store.Audit;
import dev.reckon.core.store.ContentHash;
import dev.reckon.core.turn.TurnResult;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

record JdbiAudit(Database database, Clock clock) implements Audit {
  /** Enters the end of a turn, as part of the transaction that keeps it. */
  static void ended(Handle handle, TurnResult result, long now) {
    String code = result.code();
    handle
        .createUpdate(
            "insert into audit (at, event, person, team, conversation, turn, kind, outcome, code,"
                + " code_sha256, attempts, calls, input_tokens, output_tokens, cost_usd, known_usd,"
                + " started_at, elapsed_ms)"
                + " select :now, 'turn', t.person, c.team, t.conversation, t.id, lower(t.kind),"
                + " :outcome, :code, :sha256, :attempts, :calls, :input, :output, :cost,"
                + " case when coalesce(:cost, 0) > coalesce(u.usd, 0) then coalesce(:cost, 0)"
                + " else coalesce(u.usd, 0) end, t.started_at, :elapsed"
                + " from turn t join conversation c on c.id = t.conversation"
                + " cross join (select sum(cost_usd) as usd from usage where turn = :turn) u"
                + " where t.id = :turn")
        .bind("now", now)
        .bind("outcome", lower(result.status()))
        .bind("code", code)
        .bind("sha256", code.isEmpty() ? "" : ContentHash.of(code))
        .bind("attempts", result.attempts().size())
        .bind("calls", result.usage().calls())
        .bind("input", result.usage().inputTokens())
        .bind("output", result.usage().outputTokens())
        .bind("cost", result.usage().costUsd())
        .bind("elapsed", result.elapsed().toMillis())
        .bind("turn", result.turn())
        .execute();
  }

  @Override
  public void refused(AdmissionRequest asking, Decision.Refused refused) {
    database.update(
        "insert into audit (at, event, person, team, conversation, kind, outcome, started_at)"
            + " values (?, 'refused', ?, ?, ?, ?, ?, ?)",
        clock.millis(),
        asking.person().id(),
        asking.team().id(),
        asking.conversation().value(),
        lower(asking.kind()),
        lower(refused.reason()),
        clock.millis());
  }

  @Override
  public List<Entry> since(Instant from, int most) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select * from audit where at >= :from order by at desc, id desc limit :most")
                .bind("from", from.toEpochMilli())
                .bind("most", most)
                .map((row, context) -> entry(row))
                .list());
  }

  static Entry entry(ResultSet row) throws SQLException {
    double cost = row.getDouble("cost_usd");
    @Nullable Double known = row.wasNull() ? null : (Double) cost;
    return new Entry(
        Instant.ofEpochMilli(row.getLong("at")),
        row.getString("event"),
        row.getString("person"),
        row.getString("team"),
        row.getString("conversation"),
        row.getLong("turn"),
        row.getString("kind"),
        row.getString("outcome"),
        row.getString("code"),
        row.getString("code_sha256"),
        row.getInt("attempts"),
        row.getLong("input_tokens"),
        row.getLong("output_tokens"),
        known,
        Duration.ofMillis(row.getLong("elapsed_ms")));
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}

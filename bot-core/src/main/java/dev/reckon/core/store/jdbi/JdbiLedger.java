package dev.reckon.core.store.jdbi;

import dev.reckon.core.policy.Ledger;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** Ended turns from the audit record, which outlives them; running ones from their calls so far. */
record JdbiLedger(Database database) implements Ledger {
  @Override
  public Spent spent(Owner owner, String id, Instant since) {
    return database.read(
        handle -> plus(ended(handle, owner, id, since), running(handle, owner, id, since)));
  }

  private static Spent ended(Handle handle, Owner owner, String id, Instant since) {
    String whose =
        owner == Owner.PERSON ? "person in (:id, :pseudonym)" : "team = :id and :pseudonym <> ''";
    return handle
        .createQuery(
            "select count(*) as runs, coalesce(sum(known_usd), 0) as usd from audit"
                + " where event = 'turn' and started_at >= :since and "
                + whose)
        .bind("id", id)
        .bind("pseudonym", Pseudonyms.of(handle, id))
        .bind("since", since.toEpochMilli())
        .map((row, context) -> new Spent(row.getLong("runs"), row.getDouble("usd")))
        .one();
  }

  private static Spent running(Handle handle, Owner owner, String id, Instant since) {
    String whose =
        owner == Owner.PERSON
            ? "t.person = :id"
            : "t.conversation in (select id from conversation where team = :id)";
    return handle
        .createQuery(
            "select count(distinct t.id) as runs, coalesce(sum(u.cost_usd), 0) as usd from turn t"
                + " left join usage u on u.turn = t.id where t.ended_at is null"
                + " and t.started_at >= :since and "
                + whose)
        .bind("id", id)
        .bind("since", since.toEpochMilli())
        .map((row, context) -> new Spent(row.getLong("runs"), row.getDouble("usd")))
        .one();
  }

  private static Spent plus(Spent one, Spent other) {
    return new Spent(one.runs() + other.runs(), one.usd() + other.usd());
  }
}

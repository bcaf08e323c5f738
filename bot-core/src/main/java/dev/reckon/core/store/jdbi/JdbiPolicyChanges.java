package dev.reckon.core.store.jdbi;

import dev.reckon.core.policy.PolicyChange;
import dev.reckon.core.policy.PolicyChanges;
import dev.reckon.core.policy.PolicyKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

record JdbiPolicyChanges(Database database) implements PolicyChanges {
  @Override
  public List<PolicyChange> all() {
    return database.read(JdbiPolicyChanges::all);
  }

  private static List<PolicyChange> all(Handle handle) {
    return handle
        .createQuery("select * from policy_change order by id")
        .map(
            (row, context) -> {
              Instant at = Instant.ofEpochMilli(row.getLong("at"));
              String person = row.getString("person");
              String value = row.getString("value");
              String previous = row.getString("previous");
              // A key of another version of this program changes nothing here.
              return PolicyKey.named(row.getString("key"))
                  .map(key -> new PolicyChange(at, person, key, value, previous));
            })
        .list()
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  @Override
  public PolicyChange add(Function<List<PolicyChange>, PolicyChange> decision) {
    return database.write(
        handle -> {
          PolicyChange change = decision.apply(all(handle));
          handle.execute(
              "insert into policy_change (at, person, key, value, previous)"
                  + " values (?, ?, ?, ?, ?)",
              change.at().toEpochMilli(),
              change.by(),
              change.key().key(),
              change.value(),
              change.previous());
          return change;
        });
  }
}

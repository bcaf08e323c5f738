package dev.reckon.core.store.jdbi;

import dev.reckon.core.store.Statistics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

record JdbiStatistics(Database database) implements Statistics {
  private static final Figures NOBODY =
      new Figures(Figures.ALL, "all", 0, Map.of(), 0, 0, 0, 0, 0, 0, 0, 0);

  @Override
  public List<Figures> since(Instant from, Optional<String> team) {
    Map<String, Figures> people = new LinkedHashMap<>();
    database.read(
        handle -> {
          turns(handle, from, team)
              .forEach(one -> people.merge(one.key(), one.figures(), JdbiStatistics::plus));
          opinions(handle, from, team)
              .forEach(one -> people.merge(one.key(), one.figures(), JdbiStatistics::plus));
          return people.size();
        });
    List<Figures> result = new ArrayList<>();
    result.add(people.values().stream().reduce(NOBODY, JdbiStatistics::plus));
    people.values().stream()
        .sorted(Comparator.comparingLong(Figures::turns).reversed())
        .forEach(result::add);
    return result;
  }

  /** One person's figures for one way to end. */
  private record Part(String key, Figures figures) {}

  private static List<Part> turns(Handle handle, Instant from, Optional<String> team) {
    return handle
        .createQuery(
            """
            with recent as materialized (
              select * from audit where event = 'turn' and started_at >= :from
                and (cast(:team as text) is null or team = :team))
            select recent.person, coalesce(max(p.name), recent.person) as name, outcome,
              count(*) as turns, sum(disputed) as disputed, sum(attempts) as attempts,
              sum(input_tokens) as input, sum(output_tokens) as output,
              sum(known_usd) as usd, count(*) - count(cost_usd) as unpriced
            from recent left join person p on p.id = recent.person
            group by recent.person, outcome
            """)
        .bind("from", from.toEpochMilli())
        .bind("team", team.orElse(null))
        .map(
            (row, context) ->
                new Part(
                    row.getString("person"),
                    new Figures(
                        row.getString("person"),
                        row.getString("name"),
                        row.getLong("turns"),
                        Map.of(row.getString("outcome"), row.getLong("turns")),
                        row.getLong("disputed"),
                        row.getLong("attempts"),
                        row.getLong("input"),
                        row.getLong("output"),
                        row.getDouble("usd"),
                        row.getLong("unpriced"),
                        0,
                        0)))
        .list();
  }

  /** Opinions count for whoever asked. */
  private static List<Part> opinions(Handle handle, Instant from, Optional<String> team) {
    return handle
        .createQuery(
            """
            with recent as materialized (
              select t.id, t.person from turn t join conversation c on c.id = t.conversation
              where t.started_at >= :from and (cast(:team as text) is null or c.team = :team))
            select recent.person, max(p.name) as name, sum(f.good) as good, count(*) - sum(f.good) as bad
            from recent cross join feedback f join person p on p.id = recent.person
            where f.turn = recent.id group by recent.person
            """)
        .bind("from", from.toEpochMilli())
        .bind("team", team.orElse(null))
        .map(
            (row, context) ->
                new Part(
                    row.getString("person"),
                    new Figures(
                        row.getString("person"),
                        row.getString("name"),
                        0,
                        Map.of(),
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        row.getLong("good"),
                        row.getLong("bad"))))
        .list();
  }

  private static Figures plus(Figures one, Figures other) {
    Map<String, Long> byStatus = new TreeMap<>(one.byStatus());
    other.byStatus().forEach((status, turns) -> byStatus.merge(status, turns, Long::sum));
    return new Figures(
        one.person(),
        one.name(),
        one.turns() + other.turns(),
        byStatus,
        one.disputed() + other.disputed(),
        one.attempts() + other.attempts(),
        one.inputTokens() + other.inputTokens(),
        one.outputTokens() + other.outputTokens(),
        one.usd() + other.usd(),
        one.unpriced() + other.unpriced(),
        one.good() + other.good(),
        one.bad() + other.bad());
  }
}

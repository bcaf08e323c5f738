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
            "select a.person, coalesce(p.name, a.person) as name, a.outcome, count(*) as turns,"
                + " sum(a.disputed) as disputed, sum(a.attempts) as attempts,"
                + " sum(a.input_tokens) as input, sum(a.output_tokens) as output,"
                + " sum(a.known_usd) as usd, sum(a.cost_usd is null) as unpriced"
                + " from audit a left join person p on p.id = a.person"
                + " where a.event = 'turn' and a.started_at >= :from"
                + " and (:team is null or a.team = :team) group by a.person, a.outcome")
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
            "select t.person, p.name, sum(f.good) as good, count(*) - sum(f.good) as bad"
                + " from feedback f join turn t on t.id = f.turn join person p on p.id = t.person"
                + " join conversation c on c.id = t.conversation where t.started_at >= :from"
                + " and (:team is null or c.team = :team) group by t.person")
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

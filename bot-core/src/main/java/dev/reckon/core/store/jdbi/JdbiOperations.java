package dev.reckon.core.store.jdbi;

import dev.reckon.core.store.Operations;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

record JdbiOperations(Database database) implements Operations {
  private static final long QUARTER_MS = Duration.ofMinutes(15).toMillis();

  @Override
  public List<QuarterHour> quarterHours(Instant from) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    select started_at / :quarter as quarter, outcome, count(*) as turns,
                      sum(disputed) as disputed, sum(known_usd) as usd
                    from audit where event = 'turn' and started_at >= :from
                    group by 1, outcome order by 1, outcome
                    """)
                .bind("quarter", QUARTER_MS)
                .bind("from", from.toEpochMilli())
                .map(
                    (row, context) ->
                        new QuarterHour(
                            Instant.ofEpochMilli(row.getLong("quarter") * QUARTER_MS),
                            row.getString("outcome"),
                            row.getLong("turns"),
                            row.getLong("disputed"),
                            row.getDouble("usd")))
                .list());
  }

  @Override
  public List<TeamUse> teams(Instant month, Instant today, int most) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    with recent as materialized (
                      select team, known_usd,
                        case when started_at >= :today then 1 else 0 end as today
                      from audit where event = 'turn' and started_at >= :month)
                    select recent.team, coalesce(max(t.name), '') as name, count(*) as turns,
                      sum(known_usd) as usd, sum(today) as turns_today,
                      sum(known_usd * today) as usd_today
                    from recent left join team t on t.id = recent.team
                    group by recent.team order by usd desc, turns desc, recent.team limit :most
                    """)
                .bind("month", month.toEpochMilli())
                .bind("today", today.toEpochMilli())
                .bind("most", most)
                .map(
                    (row, context) ->
                        new TeamUse(
                            row.getString("team"),
                            row.getString("name"),
                            row.getLong("turns"),
                            row.getDouble("usd"),
                            row.getLong("turns_today"),
                            row.getDouble("usd_today")))
                .list());
  }

  @Override
  public List<ModelUse> models(Instant from) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    select model, purpose, count(*) as calls,
                      coalesce(sum(coalesce(input_tokens, 0) + coalesce(output_tokens, 0)), 0)
                        as tokens,
                      coalesce(sum(cost_usd), 0) as usd
                    from usage where at >= :from group by model, purpose
                    order by calls desc, model, purpose
                    """)
                .bind("from", from.toEpochMilli())
                .map(
                    (row, context) ->
                        new ModelUse(
                            row.getString("model"),
                            row.getString("purpose").toLowerCase(Locale.ROOT),
                            row.getLong("calls"),
                            row.getLong("tokens"),
                            row.getDouble("usd")))
                .list());
  }

  @Override
  public Map<String, Long> refusals(Instant from) {
    return database.read(
        handle ->
            counts(
                handle,
                "select outcome as name, count(*) as number from audit where event = 'refused'"
                    + " and started_at >= :from group by outcome order by number desc, outcome",
                from));
  }

  private static Map<String, Long> counts(Handle handle, String sql, Instant from) {
    Map<String, Long> counts = new LinkedHashMap<>();
    handle
        .createQuery(sql)
        .bind("from", from.toEpochMilli())
        .map((row, context) -> Map.entry(row.getString("name"), row.getLong("number")))
        .forEach(one -> counts.put(one.getKey(), one.getValue()));
    return counts;
  }

  /** A request that was changed is no failure: its reply was not wanted any more. */
  @Override
  public List<Undelivered> undelivered(Instant from, int most) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    select surface, coalesce(problem, '') as problem, count(*) as replies,
                      max(ended_at) as last
                    from outgoing where state = 'GIVEN_UP' and ended_at >= :from
                      and coalesce(problem, '') <> 'the request was changed'
                    group by surface, coalesce(problem, '') order by last desc limit :most
                    """)
                .bind("from", from.toEpochMilli())
                .bind("most", most)
                .map(
                    (row, context) ->
                        new Undelivered(
                            row.getString("surface"),
                            row.getString("problem"),
                            row.getLong("replies"),
                            Instant.ofEpochMilli(row.getLong("last"))))
                .list());
  }

  @Override
  public UnderWay underWay() {
    return database.read(
        handle -> {
          Map<String, Long> stages = new TreeMap<>();
          long[] failing = new long[1];
          handle
              .createQuery(
                  "select stage, count(*) as number, sum(case when tries > 0 then 1 else 0 end)"
                      + " as failing from delivery where handled_at is null group by stage")
              .map(
                  (row, context) -> {
                    failing[0] += row.getLong("failing");
                    return Map.entry(
                        row.getString("stage").toLowerCase(Locale.ROOT), row.getLong("number"));
                  })
              .forEach(one -> stages.put(one.getKey(), one.getValue()));
          long turns =
              handle
                  .createQuery("select count(*) from turn where ended_at is null")
                  .mapTo(Long.class)
                  .one();
          return new UnderWay(stages, failing[0], turns);
        });
  }
}

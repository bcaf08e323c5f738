package dev.reckon.core.turn.effect;

import dev.reckon.core.loop.WaitListener;
import dev.reckon.core.source.DataQuery;
import dev.reckon.core.source.DataSources;
import dev.reckon.core.source.QueriedData;
import dev.reckon.core.source.QueryHead;
import dev.reckon.core.source.QueryResult;
import dev.reckon.core.turn.EffectResult;
import dev.reckon.core.turn.TurnProgress;
import dev.reckon.core.turn.TurnRequest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs the queries that a program begins with. What the same turn has fetched is used again. */
final class Queries {
  private final DataSources sources;
  private final TurnFiles files;
  private final InstantSource clock;

  Queries(DataSources sources, TurnFiles files, InstantSource clock) {
    this.sources = sources;
    this.files = files;
    this.clock = clock;
  }

  EffectResult run(long turn, TurnProgress work, String code, WaitListener waits)
      throws InterruptedException {
    List<QueriedData> fetched = new ArrayList<>();
    for (DataQuery query : QueryHead.of(code).queries()) {
      Optional<String> refusal = refusal(work, query);
      if (refusal.isPresent()) {
        return new EffectResult.NotQueried(refusal.get(), fetched);
      }
      Optional<QueriedData> before =
          work.data().stream().filter(data -> data.query().equals(query)).findFirst();
      if (before.isPresent()) {
        fetched.add(before.get());
        continue;
      }
      switch (sources.run(query, waits)) {
        case QueryResult.Refused(String reason) -> {
          return new EffectResult.NotQueried(
              "the query for " + query.file() + ": " + reason, fetched);
        }
        case QueryResult.Unreachable(String reason) -> {
          return new EffectResult.Faulted(reason);
        }
        case QueryResult.Fetched(byte[] csv, long rows) ->
            fetched.add(
                new QueriedData(
                    query,
                    files.keepData(turn, query.file(), csv),
                    rows,
                    csv.length,
                    clock.instant()));
      }
    }
    return new EffectResult.Queried(fetched);
  }

  private static Optional<String> refusal(TurnProgress work, DataQuery query) {
    TurnRequest request = work.request();
    if (!request.sources().contains(query.source())) {
      return Optional.of(
          request.sources().isEmpty()
              ? "no database may be queried here"
              : "there is no database %s to query here, only: %s"
                  .formatted(query.source(), String.join(", ", request.sources())));
    }
    boolean taken =
        request.files().stream().anyMatch(file -> file.name().equals(query.file()))
            || work.leftFiles().stream().anyMatch(file -> file.name().equals(query.file()));
    return taken
        ? Optional.of(
            "a file called %s is here already; give the query's file another name"
                .formatted(query.file()))
        : Optional.empty();
  }
}

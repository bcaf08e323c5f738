package dev.reckon.core.engine;

import dev.reckon.core.store.Store;
import dev.reckon.core.store.TurnRecord;
import dev.reckon.core.turn.TurnEvent;
import dev.reckon.core.turn.TurnRequest;
import dev.reckon.core.turn.TurnResult;
import dev.reckon.core.turn.TurnState;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Drives a turn that has a record, from its beginning or from where it was saved. */
final class TurnRunner {
  private final Store store;
  private final StoreJournal journal;
  private final TurnDriver driver;
  private final LiveTurns live;

  TurnRunner(Store store, StoreJournal journal, TurnDriver driver, LiveTurns live) {
    this.store = store;
    this.journal = journal;
    this.driver = driver;
    this.live = live;
  }

  /**
   * Brings the turn to its end; the result is not kept yet.
   *
   * @param request called when the turn has not been begun before
   * @throws TurnSuspendedException when this process goes down
   */
  TurnResult run(TurnRecord record, Supplier<TurnRequest> request, Consumer<TurnEvent> listener) {
    TurnResult ended = record.result();
    if (ended != null) {
      return ended;
    }
    TurnState from = journal.load(record.id()).orElseGet(() -> begin(record, request.get()));
    return live.during(
        record.id(),
        record.conversation(),
        () -> {
          // Somebody may have asked for its end before it could be interrupted.
          if (store.turns().find(record.id()).orElseThrow().cancelledBy() != null) {
            Thread.currentThread().interrupt();
          }
          return driver.drive(record.id(), from, listener);
        });
  }

  private TurnState begin(TurnRecord record, TurnRequest request) {
    TurnState state = TurnState.begin(request);
    journal.save(record.id(), state);
    return state;
  }
}

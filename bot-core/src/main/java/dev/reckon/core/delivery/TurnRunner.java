package dev.reckon.core.delivery;

import dev.reckon.core.command.Interpretation;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Person;
import dev.reckon.core.store.Transactions;
import dev.reckon.core.store.TurnRecord;
import dev.reckon.core.store.Turns;
import dev.reckon.core.turn.TurnEvent;
import dev.reckon.core.turn.TurnRequest;
import dev.reckon.core.turn.TurnResult;
import dev.reckon.core.turn.TurnState;
import dev.reckon.core.turn.effect.TurnDriver;
import dev.reckon.core.turn.effect.TurnSuspendedException;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Runs a recorded turn, from its beginning or from its last saved step. */
final class TurnRunner {
  private final Turns turns;
  private final Transactions transactions;
  private final StoreJournal journal;
  private final TurnDriver driver;
  private final LiveTurns live;

  TurnRunner(
      Turns turns,
      Transactions transactions,
      StoreJournal journal,
      TurnDriver driver,
      LiveTurns live) {
    this.turns = turns;
    this.transactions = transactions;
    this.journal = journal;
    this.driver = driver;
    this.live = live;
  }

  /** Begins a turn, so that it can be gone on with from here; once for each delivery. */
  TurnRecord begin(
      ConversationId conversation,
      long delivery,
      Person person,
      Interpretation.Compute compute,
      TurnRequest request) {
    return transactions.inTransaction(
        () -> {
          TurnRecord record =
              turns.begin(
                  conversation, OptionalLong.of(delivery), person, compute.kind(), compute.text());
          journal.save(record.id(), TurnState.begin(request));
          return record;
        });
  }

  /**
   * Brings the turn to its end from where it was saved; the result is not kept yet.
   *
   * @throws TurnSuspendedException when this process goes down
   */
  TurnResult run(TurnRecord record, Consumer<TurnEvent> listener) {
    TurnResult ended = record.result();
    if (ended != null) {
      return ended;
    }
    TurnState from =
        journal
            .load(record.id())
            .orElseThrow(() -> new IllegalStateException("turn " + record.id() + " was abandoned"));
    return live.during(
        record.id(),
        record.conversation(),
        () -> {
          // Somebody may have asked for its end before it could be interrupted.
          if (turns.find(record.id()).orElseThrow().cancelledBy() != null) {
            Thread.currentThread().interrupt();
          }
          return driver.drive(record.id(), from, listener);
        });
  }
}

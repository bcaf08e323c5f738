package dev.reckon.core.delivery;

import dev.reckon.core.store.Turns;
import dev.reckon.core.turn.TurnState;
import dev.reckon.core.turn.TurnStateJson;
import dev.reckon.core.turn.effect.TurnJournal;
import java.util.Optional;

/** Saves the steps of turns in the store. Safe for use by any number of threads. */
public final class StoreJournal implements TurnJournal {
  private final Turns turns;
  private final TurnStateJson json = new TurnStateJson();

  public StoreJournal(Turns turns) {
    this.turns = turns;
  }

  @Override
  public void save(long turn, TurnState state) {
    turns.saveState(turn, TurnStateJson.FORMAT, json.write(state));
  }

  /** Where a turn that has not ended stands, if it was saved at all. */
  Optional<TurnState> load(long turn) {
    return turns.state(turn).map(json::read);
  }
}

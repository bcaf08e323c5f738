package dev.reckon.core.policy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Turns that a test says happened. */
final class ScriptedLedger implements Ledger {
  private record Turn(Instant at, String person, String team, double usd) {}

  private final List<Turn> turns = new ArrayList<>();

  void turn(Instant at, String person, String team, double usd) {
    turns.add(new Turn(at, person, team, usd));
  }

  @Override
  public Spent spent(Owner owner, String id, Instant since) {
    List<Turn> counted =
        turns.stream()
            .filter(turn -> !turn.at().isBefore(since))
            .filter(turn -> id.equals(owner == Owner.PERSON ? turn.person() : turn.team()))
            .toList();
    return new Spent(counted.size(), counted.stream().mapToDouble(Turn::usd).sum());
  }
}

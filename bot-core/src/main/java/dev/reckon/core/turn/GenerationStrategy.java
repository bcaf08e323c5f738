package dev.reckon.core.turn;

import java.util.ArrayList;
import java.util.List;

/** How the next program is to be asked for. */
public sealed interface GenerationStrategy {
  /** Nothing was tried for this step yet. */
  record First() implements GenerationStrategy {}

  /** The program of that attempt is to be repaired. */
  record Repair(Attempt failed) implements GenerationStrategy {}

  /** A fresh start that knows what failed, and not the programs. */
  record Fresh(List<Attempt> failed) implements GenerationStrategy {
    public Fresh {
      failed = List.copyOf(failed);
    }
  }

  /**
   * The approach for the attempt that comes next: a fresh start on the last attempt and when two
   * failed the same way, since repairing one program stops paying off quickly.
   */
  static GenerationStrategy next(TurnProgress work) {
    List<Attempt> failed = new ArrayList<>();
    for (Attempt attempt : work.attempts()) {
      if (attempt.step() == work.step() && attempt.failure() != null) {
        failed.add(attempt);
      }
    }
    if (failed.isEmpty()) {
      return new First();
    }
    if (work.afterCutOff()) {
      return new Repair(failed.getLast());
    }
    boolean last = work.attempts().size() + 1 >= work.maxAttempts();
    return last || repeats(failed) ? new Fresh(failed) : new Repair(failed.getLast());
  }

  private static boolean repeats(List<Attempt> failed) {
    AttemptFailure last = failed.getLast().failure();
    return last != null
        && failed.subList(0, failed.size() - 1).stream()
            .map(Attempt::failure)
            .anyMatch(failure -> failure != null && failure.sameWayAs(last));
  }
}

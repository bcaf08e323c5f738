package dev.reckon.core.loop;

import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Restarts loops that hang, but not while the store is away: what waits for it then waits as long
 * as the store's patience, and continues by itself. For one thread.
 */
public final class Watchdog {
  /** What waited for the store has continued by the second look at which the store answers. */
  private static final int ANSWERS = 2;

  private final List<SupervisedLoop> loops;
  private final BooleanSupplier storeAnswers;
  private int answers;

  /**
   * Watches.
   *
   * @param storeAnswers asked only while a loop hangs; tells within seconds
   */
  public Watchdog(List<SupervisedLoop> loops, BooleanSupplier storeAnswers) {
    this.loops = List.copyOf(loops);
    this.storeAnswers = storeAnswers;
  }

  /** Looks once; called every few seconds. */
  public void look() {
    boolean hangs = loops.stream().anyMatch(SupervisedLoop::hangs);
    answers = hangs && storeAnswers.getAsBoolean() ? answers + 1 : 0;
    if (answers >= ANSWERS) {
      loops.forEach(SupervisedLoop::restartIfStuck);
    }
  }
}

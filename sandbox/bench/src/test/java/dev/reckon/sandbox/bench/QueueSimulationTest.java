package dev.reckon.sandbox.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.sandbox.bench.QueueSimulation.Choice;
import dev.reckon.sandbox.bench.QueueSimulation.Load;
import dev.reckon.sandbox.bench.QueueSimulation.Waits;
import org.junit.jupiter.api.Test;

/** The simulation agrees with what queueing theory knows exactly, and orders the choices. */
class QueueSimulationTest {
  private static final int PROGRAMS = 200_000;

  @Test
  void oneQueueWithExponentialTimesWaitsAsErlangSays() {
    for (double busy : new double[] {0.5, 0.8}) {
      int workers = 8;
      Load load = exponential(busy * workers);
      double exact = erlangC(workers, busy * workers) / (workers - busy * workers);
      Waits waits = QueueSimulation.run(load, Choice.ONE_QUEUE, PROGRAMS, 1);
      assertEquals(exact, waits.mean(), 0.1 * exact);
    }
  }

  @Test
  void aHostAtRandomIsSoManyQueuesOfTheirOwn() {
    double exact = erlangC(2, 1.4) / (2 - 1.4);
    Waits waits = QueueSimulation.run(exponential(5.6), Choice.RANDOM, PROGRAMS, 1);
    assertEquals(exact, waits.mean(), 0.1 * exact);
  }

  @Test
  void knowingMoreNeverWaitsLonger() {
    Load load = new Load(10, 8, 4, 80, QueueSimulation::program);
    double last = -1;
    for (Choice choice : Choice.values()) {
      double mean = QueueSimulation.run(load, choice, PROGRAMS, 1).mean();
      assertTrue(mean > last, choice + " waits " + mean);
      last = mean;
    }
  }

  private static Load exponential(double arrivals) {
    return new Load(1, 4, 2, arrivals, random -> QueueSimulation.exponential(random, 1));
  }

  /** The share of programs that wait, with so many workers and so much work on them. */
  private static double erlangC(int workers, double work) {
    double term = 1;
    double sum = 1;
    for (int i = 1; i < workers; i++) {
      term *= work / i;
      sum += term;
    }
    double all = term * work / workers / (1 - work / workers);
    return all / (sum + all);
  }
}

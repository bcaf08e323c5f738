package dev.reckon.core.turn;

import java.util.List;

/**
 * One step of a plan.
 *
 * @param title what it does
 * @param reads files it reads
 * @param leaves files it leaves for the next ones
 */
public record PlanStep(String title, List<String> reads, List<String> leaves) {
  public PlanStep {
    reads = List.copyOf(reads);
    leaves = List.copyOf(leaves);
  }
}

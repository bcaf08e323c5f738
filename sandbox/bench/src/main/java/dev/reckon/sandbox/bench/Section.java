package dev.reckon.sandbox.bench;

import java.util.List;

/**
 * One measurement's part of the page.
 *
 * @param goals with their figures; may be empty
 * @param text in Markdown, with a heading of its own
 */
record Section(List<Goal> goals, String text) {
  Section {
    goals = List.copyOf(goals);
  }

  /** One thing to measure. */
  @FunctionalInterface
  interface Measurement {
    Section measure(BenchSetup workshop) throws Exception;
  }
}

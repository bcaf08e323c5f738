package dev.reckon.adapters.web;

import dev.reckon.core.policy.PolicyInForce;
import dev.reckon.core.store.Backlog;
import dev.reckon.core.store.Operations;
import dev.reckon.core.store.Statistics;
import dev.reckon.sandbox.PoolStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Supplier;

/**
 * What the operations page shows, none of it what people asked or were answered.
 *
 * @param engines the sandbox's pools by the names of their engines
 * @param models how model calls went since this process started
 * @param policy who may see the page, and what they may change on it
 * @param settings every key with the value in force; secrets are not among the values
 */
public record OperationsSources(
    Operations figures,
    Statistics statistics,
    Supplier<Backlog> backlog,
    Supplier<Map<String, PoolStatus>> engines,
    Supplier<List<ModelCalls>> models,
    PolicyInForce policy,
    SortedMap<String, String> settings) {
  /**
   * Model calls for one purpose that ended in one way.
   *
   * @param outcome {@code ok}, or what went wrong
   * @param median half of them took no longer, as far as the histogram tells
   * @param p95 the same of 95 in 100
   */
  public record ModelCalls(
      String purpose,
      String outcome,
      long calls,
      Duration median,
      Duration p95,
      Duration longest) {}
}

package dev.reckon.adapters.metrics;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Calls of one kind that ended in one way, since the start.
 *
 * @param median half of them took no longer, rounded up to a bucket of the histogram
 * @param p95 the same of 95 in 100
 * @param longest of the last minutes
 */
public record CallFigures(
    String purpose, String outcome, long calls, Duration median, Duration p95, Duration longest) {
  static CallFigures of(Timer timer) {
    HistogramSnapshot now = timer.takeSnapshot();
    return new CallFigures(
        String.valueOf(timer.getId().getTag("purpose")),
        String.valueOf(timer.getId().getTag("outcome")),
        now.count(),
        within(now, 0.5),
        within(now, 0.95),
        Duration.ofNanos((long) now.max(TimeUnit.NANOSECONDS)));
  }

  /** The end of the first bucket up to which that share of the calls lies. */
  private static Duration within(HistogramSnapshot now, double share) {
    for (CountAtBucket bucket : now.histogramCounts()) {
      if (bucket.count() >= share * now.count()) {
        return Duration.ofNanos((long) bucket.bucket(TimeUnit.NANOSECONDS));
      }
    }
    return Duration.ofNanos((long) now.max(TimeUnit.NANOSECONDS));
  }
}

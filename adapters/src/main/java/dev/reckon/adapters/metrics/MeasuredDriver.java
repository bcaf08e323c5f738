package dev.reckon.adapters.metrics;

import dev.reckon.core.turn.TurnEvent;
import dev.reckon.core.turn.TurnResult;
import dev.reckon.core.turn.TurnState;
import dev.reckon.core.turn.effect.TurnDriver;
import dev.reckon.core.turn.effect.TurnSuspendedException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Turns: how many run, how they end, how long they take, after how many attempts. */
final class MeasuredDriver implements TurnDriver {
  private final TurnDriver driver;
  private final MeterRegistry registry;
  private final AtomicInteger running;
  private final DistributionSummary attempts;

  MeasuredDriver(TurnDriver driver, MeterRegistry registry) {
    this.driver = driver;
    this.registry = registry;
    this.running = new AtomicInteger();
    Gauge.builder("reckon.turns.running", running, AtomicInteger::get)
        .description("Turns under way")
        .register(registry);
    this.attempts =
        DistributionSummary.builder("reckon.turn.attempts")
            .description("Programs written or run for one turn")
            .register(registry);
  }

  @Override
  public TurnResult drive(long turn, TurnState from, Consumer<TurnEvent> listener) {
    running.incrementAndGet();
    try {
      TurnResult result = driver.drive(turn, from, listener);
      timer(result.status().name()).record(result.elapsed());
      attempts.record(result.attempts().size());
      return result;
    } catch (TurnSuspendedException e) {
      count("suspended");
      throw e;
    } catch (RuntimeException e) {
      count("fault");
      throw e;
    } finally {
      running.decrementAndGet();
    }
  }

  @Override
  public void suspend() {
    driver.suspend();
  }

  private Timer timer(String status) {
    return Timer.builder("reckon.turns")
        .description("Turns that ended, by status")
        .tag("status", status.toLowerCase(Locale.ROOT))
        .publishPercentileHistogram()
        .register(registry);
  }

  private void count(String why) {
    Counter.builder("reckon.turns.interrupted")
        .description("Turns that did not finish: suspended by a stop, or failed by a fault")
        .tag("why", why)
        .register(registry)
        .increment();
  }
}

package dev.reckon.core.store;

import dev.reckon.core.store.Privacy.Retention;
import dev.reckon.core.store.Privacy.Swept;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sweeps out what may not be kept longer: soon after the start, then every few hours. */
public final class Housekeeping implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);
  private static final Duration FIRST = Duration.ofMinutes(1);
  private static final Duration EVERY = Duration.ofHours(6);

  private final Privacy privacy;
  private final Retention retention;
  private final InstantSource clock;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("housekeeping").factory());

  private Housekeeping(Privacy privacy, Retention retention, InstantSource clock) {
    this.privacy = privacy;
    this.retention = retention;
    this.clock = clock;
  }

  /** Begins to sweep, until it is closed. */
  public static Housekeeping start(Privacy privacy, Retention retention, InstantSource clock) {
    Housekeeping housekeeping = new Housekeeping(privacy, retention, clock);
    housekeeping.schedule();
    return housekeeping;
  }

  private void schedule() {
    var _ =
        thread.scheduleWithFixedDelay(
            this::sweep, FIRST.toSeconds(), EVERY.toSeconds(), TimeUnit.SECONDS);
  }

  /** A sweep that fails is tried again at its next time. */
  private void sweep() {
    try {
      Swept swept = privacy.sweep(retention, clock.instant());
      log.info(
          "swept out {} turns, {} files, the output of {} answers, {} audit lines",
          swept.turns(),
          swept.files(),
          swept.outputs(),
          swept.auditLines());
    } catch (RuntimeException e) {
      log.warn("could not sweep out what is old; the next try is in {} h", EVERY.toHours(), e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}

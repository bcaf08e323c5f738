package dev.reckon.core.store;

import dev.reckon.core.loop.Backoff;
import dev.reckon.core.loop.SupervisedLoop;
import dev.reckon.core.store.Privacy.Retention;
import dev.reckon.core.store.Privacy.Swept;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sweeps out what may not be kept longer: soon after the start, then every few hours. */
public final class Housekeeping {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
  private static final Duration EVERY = Duration.ofHours(6);
  private static final SupervisedLoop.Schedule SCHEDULE =
      new SupervisedLoop.Schedule(
          "housekeeping", Duration.ofMinutes(1), EVERY.plusHours(1), Backoff.DEFAULT);

  /** How soon a deleted file's object is deleted, too. */
  private static final Duration OBJECTS = Duration.ofSeconds(30);

  private static final SupervisedLoop.Schedule OF_OBJECTS =
      new SupervisedLoop.Schedule(
          "stored-objects", OBJECTS, Duration.ofMinutes(30), Backoff.DEFAULT);

  private Housekeeping() {}

  /** Begins to delete what an object store holds for deleted files, until the loop is closed. */
  public static SupervisedLoop startObjects(StoredObjects objects, InstantSource clock) {
    return SupervisedLoop.every(OBJECTS, OF_OBJECTS, () -> sweep(objects), clock).start();
  }

  /**
   * Deletes what an object store holds for deleted files. One that is away is no failure: that is
   * logged where it is noticed, and the objects remain due.
   */
  public static void sweep(StoredObjects objects) {
    try {
      objects.probe();
      objects.sweep();
    } catch (StoreException e) {
      if (objects.answers()) {
        throw e;
      }
    }
  }

  /** Begins to sweep, until the loop is closed. */
  public static SupervisedLoop start(Privacy privacy, Retention retention, InstantSource clock) {
    return SupervisedLoop.every(
            EVERY,
            SCHEDULE,
            () -> {
              Swept swept = privacy.sweep(retention, clock.instant());
              LOG.info(
                  "deleted {} expired turns, {} files, the output of {} answers, {} audit lines",
                  swept.turns(),
                  swept.files(),
                  swept.outputs(),
                  swept.auditLines());
            },
            clock)
        .start();
  }
}

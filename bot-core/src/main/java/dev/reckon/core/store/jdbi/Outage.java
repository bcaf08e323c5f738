package dev.reckon.core.store.jdbi;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A time in which the database does not answer: said once when it begins and once when it ends,
 * however many threads meet it.
 */
final class Outage {
  private static final Logger LOG = LoggerFactory.getLogger(Outage.class);
  private static final long NONE = Long.MIN_VALUE;

  private final String place;
  private final AtomicLong since = new AtomicLong(NONE);

  Outage(String place) {
    this.place = place;
  }

  void met(Throwable failure) {
    if (since.compareAndSet(NONE, System.nanoTime())) {
      Throwable root = failure;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      LOG.warn(
          "The database {} does not answer ({}). Work waits until it does; nothing is lost.",
          place,
          Objects.toString(root.getMessage(), root.getClass().getSimpleName())
              .lines()
              .findFirst()
              .orElse(""));
    }
  }

  void over() {
    long began = since.get();
    if (began != NONE && since.compareAndSet(began, NONE)) {
      LOG.warn(
          "The database {} answers again after {} s.",
          place,
          Duration.ofNanos(System.nanoTime() - began).toSeconds());
    }
  }
}

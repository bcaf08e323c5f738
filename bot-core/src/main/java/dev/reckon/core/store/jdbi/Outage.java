package dev.reckon.core.store.jdbi;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A time in which the database or the object store does not do its work: it does not answer, or it
 * takes no changes. Logged once when it begins and once when it ends, however many threads meet it.
 */
final class Outage {
  private static final Logger LOG = LoggerFactory.getLogger(Outage.class);
  private static final long NONE = Long.MIN_VALUE;

  private final String subject;
  private final AtomicLong since = new AtomicLong(NONE);
  private volatile long ended = NONE;
  private volatile @Nullable Throwable failure;

  /**
   * @param subject such as "The database /var/lib/reckon.db", which begins a sentence
   */
  Outage(String subject) {
    this.subject = subject;
  }

  /**
   * It has begun, or continues. A try that began before the last outage ended belongs to that one.
   *
   * @param what such as "does not answer", for a sentence about it
   * @param tried when the try began that failed, as {@link System#nanoTime} tells
   */
  void met(String what, Throwable failure, long tried) {
    long before = ended;
    if (before != NONE && tried - before < 0) {
      return;
    }
    this.failure = failure;
    if (since.compareAndSet(NONE, System.nanoTime())) {
      LOG.warn("{} {}. Work waits until that is over; nothing is lost.", subject, what);
    }
  }

  /** What was met last, while it continues. */
  Optional<Throwable> current() {
    return since.get() == NONE ? Optional.empty() : Optional.ofNullable(failure);
  }

  /** It did something. */
  void over() {
    long began = since.get();
    if (began != NONE && since.compareAndSet(began, NONE)) {
      ended = System.nanoTime();
      LOG.warn(
          "{} works again after {} s.",
          subject,
          Duration.ofNanos(System.nanoTime() - began).toSeconds());
    }
  }
}

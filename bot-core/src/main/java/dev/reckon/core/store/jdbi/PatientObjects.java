package dev.reckon.core.store.jdbi;

import dev.reckon.core.loop.Backoff;
import dev.reckon.core.store.ObjectStore;
import dev.reckon.core.store.StoreException;
import dev.reckon.core.store.StoreException.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * An object store whose absence work waits for, as it waits for the database. Safe for use by any
 * number of threads.
 */
final class PatientObjects implements AutoCloseable {
  private static final Backoff AWAY =
      new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5), Duration.ofDays(1));

  /** Written and deleted by whoever asks whether the store works; several may at the same time. */
  private static final String PROBE = "probe/";

  private final ObjectStore objects;
  private final Duration patience;
  private final Outage outage;
  private final CountDownLatch closed = new CountDownLatch(1);

  PatientObjects(ObjectStore objects, Duration patience) {
    this.objects = objects;
    this.patience = patience;
    this.outage = new Outage("The object store " + objects.place());
  }

  String place() {
    return objects.place();
  }

  void put(String key, byte[] content) {
    patiently(
        () -> {
          objects.put(key, content);
          return key;
        });
  }

  Optional<byte[]> get(String key) {
    return patiently(() -> objects.get(key));
  }

  /** The same for a caller who holds a transaction, which must not wait. */
  Optional<byte[]> getNow(String key) {
    return once(() -> objects.get(key));
  }

  /** Tries once: whoever deletes comes back later. */
  void deleteNow(String key) {
    once(
        () -> {
          objects.delete(key);
          return key;
        });
  }

  /** Whether it answered when it was last used. */
  boolean answers() {
    return outage.current().isEmpty();
  }

  /** Stores, reads and deletes a few bytes. */
  void probe(String name) {
    byte[] content = "Reckon can store files here.".getBytes(StandardCharsets.UTF_8);
    once(
        () -> {
          objects.put(PROBE + name, content);
          boolean there = objects.get(PROBE + name).isPresent();
          objects.delete(PROBE + name);
          if (!there) {
            throw new StoreException(
                Kind.FAULT, "The object store " + place() + " does not return what was stored.");
          }
          return true;
        });
  }

  private <T> T once(Supplier<T> work) {
    long tried = System.nanoTime();
    try {
      T result = work.get();
      outage.over();
      return result;
    } catch (StoreException e) {
      if (e.kind() == Kind.UNREACHABLE) {
        outage.met("does not answer", e, tried);
      }
      throw e;
    }
  }

  private <T> T patiently(Supplier<T> work) {
    // An interrupt is how turns are cancelled: it ends the waiting, not a transfer under way.
    boolean interrupted = Thread.interrupted();
    long began = System.nanoTime();
    try {
      for (int failures = 0; ; failures++) {
        try {
          return once(work);
        } catch (StoreException e) {
          interrupted |= Thread.interrupted();
          boolean patient = System.nanoTime() - began < patience.toNanos();
          if (e.kind() != Kind.UNREACHABLE || interrupted || !patient) {
            throw e;
          }
          try {
            if (closed.await(AWAY.after(failures).toNanos(), TimeUnit.NANOSECONDS)) {
              throw e;
            }
          } catch (InterruptedException stop) {
            interrupted = true;
          }
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Work that waits gives up. */
  @Override
  public void close() {
    closed.countDown();
    objects.close();
  }
}

package dev.reckon.sandbox.worker;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The contexts made ahead. They are made one at a time, and only between runs, so that making the
 * next one takes nothing from the script that runs. Safe for any thread.
 */
final class ContextPool {
  private static final int NO_CONTEXT = 3;

  private final int size;
  private final Supplier<GuestContext> maker;
  private final Deque<GuestContext> ready = new ArrayDeque<>();
  private final ExecutorService filling =
      Executors.newSingleThreadExecutor(
          work -> Thread.ofPlatform().daemon().name("fill").unstarted(work));

  ContextPool(int size, Supplier<GuestContext> maker) {
    this.size = size;
    this.maker = maker;
  }

  /** Makes one context and waits for it. */
  void fill() {
    GuestContext made = maker.get();
    synchronized (this) {
      ready.add(made);
    }
  }

  /** Takes a context, making one if none is there. */
  GuestContext take() {
    GuestContext next = poll();
    return next == null ? maker.get() : next;
  }

  /**
   * Fills up in the background and says when at least one context waits. A process that cannot make
   * contexts any more is useless: it reports why on standard error and exits.
   */
  void refill(Runnable whenReady) {
    filling.execute(
        () -> {
          try {
            if (lacking()) {
              fill();
            }
            whenReady.run();
          } catch (Throwable e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(NO_CONTEXT);
          }
        });
  }

  private synchronized @Nullable GuestContext poll() {
    return ready.poll();
  }

  private synchronized boolean lacking() {
    return ready.size() < size;
  }
}

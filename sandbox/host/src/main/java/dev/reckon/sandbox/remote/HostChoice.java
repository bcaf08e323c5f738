package dev.reckon.sandbox.remote;

import dev.reckon.sandbox.Environment;
import dev.reckon.sandbox.PoolStatus;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/** All hosts of a sandbox, and which of them takes the next script. Thread-safe. */
final class HostChoice {
  /** A host that is left alone comes back without being announced. */
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  private final RemoteSettings settings;
  private final List<HostLink> links;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final CompletableFuture<Environment> environment = new CompletableFuture<>();
  private boolean closed;

  // Guarded by the lock: whether a host answers, and if not, since when, by System.nanoTime.
  private boolean answered;
  private long aloneSince = System.nanoTime();

  /** The next host, or none. */
  sealed interface Chosen {}

  record Host(HostLink link) implements Chosen {}

  /**
   * There is none.
   *
   * @param reason in words, for the log and for {@code doctor}
   */
  record None(String reason) implements Chosen {}

  HostChoice(RemoteSettings settings, ScheduledExecutorService clock) {
    this.settings = settings;
    this.links =
        settings.hosts().stream()
            .map(address -> new HostLink(address, settings, clock, this::changed))
            .toList();
  }

  void open() {
    links.forEach(HostLink::open);
  }

  List<HostLink> links() {
    return links;
  }

  List<PoolStatus> statuses() {
    return links.stream().map(HostLink::status).flatMap(Optional::stream).toList();
  }

  /** What the first host that was described has; the others should have the same. */
  CompletableFuture<Environment> environment() {
    return environment.copy();
  }

  /**
   * The host with the least to do for each worker. Waits while hosts answer and none can be used
   * yet, and for the settings' patience while none answers. What is chosen counts as handed over
   * from then on: {@link HostLink#take} must follow.
   */
  Chosen choose() throws InterruptedException {
    lock.lock();
    try {
      while (true) {
        if (closed) {
          return new None("the sandbox was closed");
        }
        Optional<HostLink> best =
            links.stream()
                .filter(HostLink::usable)
                .min(
                    Comparator.comparingDouble(HostLink::load).thenComparingLong(HostLink::handed));
        if (best.isPresent()) {
          best.get().reserve();
          return new Host(best.get());
        }
        Duration without = Duration.ofNanos(System.nanoTime() - aloneSince);
        if (links.stream().noneMatch(HostLink::promising)
            && without.compareTo(settings.patience()) > 0) {
          return new None("no worker host can be used: " + problems());
        }
        var _ = changed.await(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
      }
    } finally {
      lock.unlock();
    }
  }

  private String problems() {
    return links.stream()
        .map(link -> link.address() + " (" + link.problem() + ")")
        .collect(Collectors.joining(", "));
  }

  private void changed() {
    lock.lock();
    try {
      boolean answers = links.stream().anyMatch(HostLink::promising);
      if (answered && !answers) {
        aloneSince = System.nanoTime();
      }
      answered = answers;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    links.stream()
        .filter(HostLink::usable)
        .map(HostLink::environment)
        .flatMap(Optional::stream)
        .findFirst()
        .ifPresent(environment::complete);
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    links.forEach(HostLink::close);
    environment.completeExceptionally(new IllegalStateException("the sandbox was closed"));
  }
}

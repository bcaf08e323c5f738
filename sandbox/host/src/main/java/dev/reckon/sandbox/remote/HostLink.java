package dev.reckon.sandbox.remote;

import dev.reckon.sandbox.Environment;
import dev.reckon.sandbox.PoolStatus;
import dev.reckon.sandbox.process.StderrTail;
import dev.reckon.sandbox.wire.FromHost;
import dev.reckon.sandbox.wire.ToHost;
import dev.reckon.sandbox.wire.WireException;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bot's link to one host. One connection watches the host's pool, for as long as this is open;
 * when it breaks or falls silent, the host counts as lost, and so does everything that runs there.
 * Others carry one script at a time and are used again. Thread-safe.
 */
final class HostLink {
  private static final Logger LOG = LoggerFactory.getLogger(HostLink.class);

  /** The largest message but for a file. */
  static final int ORDINARY_BYTES = 8 * 1024 * 1024;

  /** Five heartbeats. */
  private static final Duration SILENCE = Duration.ofSeconds(5);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /**
   * How long a host is left alone after it took a script and gave it back, or a connection failed.
   */
  private static final Duration AVOIDED = Duration.ofSeconds(1);

  private static final int MOST_UNUSED = 16;

  /** How long a connection is kept for the next script; a host closes it after five minutes. */
  private static final Duration KEPT = Duration.ofMinutes(2);

  private record Unused(Line line, long since) {}

  private final HostAddress address;
  private final RemoteSettings settings;
  private final HostConnector connector;
  private final Runnable changed;

  // Guarded by this.
  private final Set<Line> busy = new HashSet<>();
  private final Deque<Unused> unused = new ArrayDeque<>();
  private int reserved;
  private @Nullable PoolStatus status;
  private @Nullable Environment environment;
  private String problem = "not reached yet";
  private String version = "";
  private int othersThere;
  private boolean hostClosing;
  private boolean closed;
  private long avoidedUntil = System.nanoTime();
  private long handed;

  private volatile @Nullable Thread watching;

  /**
   * @param changed called whenever the host may have become usable, or stopped being so
   */
  HostLink(
      HostAddress address,
      RemoteSettings settings,
      ScheduledExecutorService clock,
      Runnable changed) {
    this.address = address;
    this.settings = settings;
    this.connector = new HostConnector(address, settings, clock);
    this.changed = changed;
  }

  void open() {
    watching = Thread.ofVirtual().name("reckon-watch-" + address).start(this::watch);
  }

  HostAddress address() {
    return address;
  }

  /** Whether it can be given a script now. */
  synchronized boolean usable() {
    return reached()
        && environment != null
        && !hostClosing
        && problem.isEmpty()
        && System.nanoTime() - avoidedUntil >= 0;
  }

  /** Whether it answers and may become usable. */
  synchronized boolean promising() {
    return reached() && !hostClosing && problem.isEmpty();
  }

  private synchronized boolean reached() {
    return status != null && !closed;
  }

  synchronized Optional<PoolStatus> status() {
    return Optional.ofNullable(status);
  }

  synchronized Optional<Environment> environment() {
    return Optional.ofNullable(environment);
  }

  /** What is wrong with it, in words; empty while it is well. */
  synchronized String problem() {
    return problem.isEmpty() && environment == null ? "no worker is ready there yet" : problem;
  }

  synchronized HostState state() {
    return new HostState(
        address, version, problem(), Optional.ofNullable(status), Optional.ofNullable(environment));
  }

  /** How much each of its workers has to do. */
  synchronized double load() {
    return status == null
        ? Double.MAX_VALUE
        : (double) (busy.size() + reserved + othersThere) / Math.max(1, status.workers());
  }

  /** How many scripts it was given, for taking equally loaded hosts in turns. */
  synchronized long handed() {
    return handed;
  }

  /** Leaves the host alone for a moment. */
  void avoid() {
    synchronized (this) {
      avoidedUntil = System.nanoTime() + AVOIDED.toNanos();
    }
    changed.run();
  }

  /**
   * Counts a request that is to come, so that a burst does not go to one host while its connections
   * are opened; {@link #take} follows.
   */
  synchronized void reserve() {
    handed++;
    reserved++;
  }

  /**
   * A connection for one request that was reserved; {@link #done} or {@link #broken} follows,
   * unless this fails.
   */
  Line take() throws IOException {
    synchronized (this) {
      Unused kept = unused.pollLast();
      if (kept != null && System.nanoTime() - kept.since() < KEPT.toNanos()) {
        reserved--;
        busy.add(kept.line());
        return kept.line();
      }
      if (kept != null) {
        kept.line().close();
        closeUnused();
      }
    }
    Line line;
    try {
      line = connect();
    } catch (Throwable e) {
      synchronized (this) {
        reserved--;
      }
      throw e;
    }
    synchronized (this) {
      reserved--;
      if (closed || status == null) {
        line.close();
        throw new IOException("the worker host was lost");
      }
      busy.add(line);
    }
    return line;
  }

  /** The request is over, and the connection as good as before. */
  void done(Line line) {
    boolean kept;
    synchronized (this) {
      kept = busy.remove(line) && unused.size() < MOST_UNUSED && !closed && status != null;
      if (kept) {
        unused.addLast(new Unused(line, System.nanoTime()));
      }
    }
    if (!kept) {
      line.close();
    }
  }

  /** The connection is of no more use. Others that rest may be as old: they go, too. */
  void broken(Line line) {
    line.close();
    synchronized (this) {
      busy.remove(line);
      closeUnused();
    }
  }

  private synchronized void closeUnused() {
    unused.forEach(kept -> kept.line().close());
    unused.clear();
  }

  private Line connect() throws IOException {
    HostConnector.Connected connected = connector.connect();
    compare(connected.version());
    return connected.line();
  }

  private void compare(String there) {
    boolean news;
    synchronized (this) {
      news = !there.equals(version);
      version = there;
    }
    if (news && !there.equals(settings.version())) {
      LOG.warn(
          "{} runs version {} and this is {}; run the same on both",
          address,
          there,
          settings.version());
    }
  }

  private void watch() {
    Duration pause = FIRST_PAUSE;
    while (!closed()) {
      String why;
      try {
        Line line = connect();
        try {
          why = watch(line);
        } finally {
          line.close();
        }
      } catch (Throwable e) {
        why = words(e);
      }
      pause = lost(why) ? FIRST_PAUSE : longer(pause);
      try {
        Thread.sleep(pause);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
  }

  private String watch(Line line) throws IOException {
    line.expect(SILENCE);
    line.send(new ToHost.Watch(settings.service()));
    FromHost message = line.fromHost(() -> ORDINARY_BYTES);
    while (message != null && !closed()) {
      switch (message) {
        case FromHost.Status(PoolStatus pool, boolean closing) -> told(pool, closing);
        case FromHost.Described(Environment found) -> described(found);
        default -> throw new WireException("it told what nobody asked for");
      }
      message = line.fromHost(() -> ORDINARY_BYTES);
    }
    throw new EOFException("it closed the connection");
  }

  private void told(PoolStatus pool, boolean closing) {
    boolean news;
    synchronized (this) {
      news = status == null || closing != hostClosing;
      if (status == null) {
        problem = "";
        LOG.info("{} is reached", address);
      }
      status = pool;
      hostClosing = closing;
      othersThere = Math.max(0, pool.busy() + pool.queued() - busy.size());
    }
    if (news) {
      changed.run();
    }
  }

  private void described(Environment found) {
    List<String> missing =
        found.missingLayers().stream().map(layer -> StderrTail.line(layer.name())).toList();
    synchronized (this) {
      environment = found;
      if (settings.requireLockdown() && !missing.isEmpty()) {
        problem =
            "these layers of protection are required (sandbox.require_lockdown) but not available"
                + " there: "
                + String.join(", ", missing);
        LOG.warn("{} is not used: {}", address, problem);
      }
    }
    changed.run();
  }

  /** Returns whether it had been reached. */
  private boolean lost(String why) {
    boolean before;
    List<Line> lines;
    synchronized (this) {
      before = status != null;
      if (!closed && (before || !why.equals(problem))) {
        LOG.warn("{} is {}: {}", address, before ? "lost" : "not reached", why);
      }
      problem = why;
      status = null;
      environment = null;
      hostClosing = false;
      lines = List.copyOf(busy);
      closeUnused();
    }
    lines.forEach(Line::close);
    changed.run();
    return before;
  }

  /** A fault in one line, with what a TLS library says about its cause. */
  static String words(Throwable e) {
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    Throwable cause = e.getCause();
    String more =
        cause != null && cause.getMessage() != null && !message.contains(cause.getMessage())
            ? message + ": " + cause.getMessage()
            : message;
    return StderrTail.line(more);
  }

  private synchronized boolean closed() {
    return closed;
  }

  void close() {
    synchronized (this) {
      closed = true;
    }
    Thread watcher = watching;
    if (watcher != null) {
      watcher.interrupt();
    }
    lost("the sandbox was closed");
  }
}

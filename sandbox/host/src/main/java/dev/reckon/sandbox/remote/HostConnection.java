package dev.reckon.sandbox.remote;

import dev.reckon.sandbox.Environment;
import dev.reckon.sandbox.Inspection;
import dev.reckon.sandbox.Sandbox;
import dev.reckon.sandbox.process.StderrTail;
import dev.reckon.sandbox.wire.FromHost;
import dev.reckon.sandbox.wire.FromWorker;
import dev.reckon.sandbox.wire.HostCodec;
import dev.reckon.sandbox.wire.ToHost;
import dev.reckon.sandbox.wire.WireException;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One bot's connection, as its host sees it: introduction first, then one request at a time. */
final class HostConnection {
  private static final Logger LOG = LoggerFactory.getLogger(HostConnection.class);

  /** How often a watcher hears of the pool when nothing changes there. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(1);

  /**
   * How soon it hears of a change. Bots choose among hosts by what they were told: with a second
   * instead, programs wait many times as long (docs/scaling.md).
   */
  private static final Duration NEWS = Duration.ofMillis(50);

  /** How long a bot may take to read a result. */
  private static final Duration READ_RESULT = Duration.ofSeconds(60);

  /** Shorter messages need no room of their own. */
  private static final int SHORT_BYTES = 64 * 1024;

  /** How often a message is in memory while it is read: its pieces or files, and the whole. */
  private static final int COPIES = 2;

  private final WorkerHost host;
  private final Socket socket;
  private volatile @Nullable HostedRun run;
  private volatile boolean inspecting;
  private volatile boolean ended;
  private volatile boolean watched;

  // Guarded by this.
  private int heldKib;
  private Future<?> unused = CompletableFuture.completedFuture(null);

  // Of the thread that reads.
  private Future<?> reading = CompletableFuture.completedFuture(null);
  private int spareKib;

  HostConnection(WorkerHost host, Socket socket) {
    this.host = host;
    this.socket = socket;
  }

  void serve() {
    try {
      Line line = introduced();
      if (line != null) {
        host.known(socket);
        serve(line);
      }
    } catch (IOException e) {
      LOG.info("A bot's connection from {} ended: {}", peer(), StderrTail.line(e.toString()));
    } catch (Throwable e) {
      LOG.warn("A bot's connection failed", e);
    } finally {
      end();
      HostedRun current = run;
      if (current != null) {
        current.abandon();
      }
      release();
      requested();
      host.ended(this, socket);
    }
  }

  private @Nullable Line introduced() throws IOException {
    Future<?> deadline = endAfter(host.settings().introduction());
    try {
      Line line = Line.accept(socket, host.settings().credentials());
      ToHost first = line.toHost(HostCodec.MAX_HELLO_BYTES, length -> {});
      if (!(first instanceof ToHost.Hello hello)) {
        throw new WireException("it did not introduce itself");
      }
      String refusal = refusal(hello);
      if (!refusal.isEmpty()) {
        LOG.warn("A connection from {} was refused: {}", peer(), refusal);
        line.send(new FromHost.Refused(refusal));
        return null;
      }
      line.send(new FromHost.Welcome(host.settings().version()));
      return line;
    } finally {
      deadline.cancel(false);
    }
  }

  private String refusal(ToHost.Hello hello) {
    if (!host.settings().credentials().accepts(hello.token())) {
      return hello.token().isEmpty()
          ? "a token is needed (worker.token)"
          : "the token is not this host's (worker.token)";
    }
    return hello.protocol() == HostCodec.PROTOCOL
        ? ""
        : "the bot speaks protocol "
            + hello.protocol()
            + " and the host protocol "
            + HostCodec.PROTOCOL
            + "; run the same version of Reckon on both";
  }

  private void serve(Line line) throws IOException {
    rests();
    ToHost message = next(line);
    while (message != null) {
      handle(line, message);
      rests();
      message = next(line);
    }
  }

  private @Nullable ToHost next(Line line) throws IOException {
    try {
      ToHost message = line.toHost(HostCodec.MAX_SUBMIT_BYTES, this::announced);
      release(spareKib);
      spareKib = 0;
      return message;
    } finally {
      reading.cancel(false);
    }
  }

  /** A message of that length has begun. It may wait for room; what it takes then is limited. */
  private void announced(int bytes) {
    requested();
    if (bytes > SHORT_BYTES) {
      int kib = host.kib((long) COPIES * bytes);
      host.hold(kib);
      synchronized (this) {
        heldKib += kib;
      }
      spareKib = kib - host.kib(bytes);
    }
    reading = endAfter(host.times().reading().plusSeconds(bytes >> 20));
  }

  private synchronized void release() {
    release(heldKib);
  }

  private synchronized void release(int kib) {
    int held = Math.min(kib, heldKib);
    heldKib -= held;
    host.release(held);
  }

  private boolean free() {
    return run == null && !inspecting && !watched;
  }

  /** A connection without a request ends after a while: its bot may be gone without a word. */
  private synchronized void rests() {
    unused.cancel(false);
    if (free()) {
      unused = endAfter(host.times().unused());
    }
  }

  private synchronized void requested() {
    unused.cancel(false);
  }

  private void handle(Line line, ToHost message) throws IOException {
    boolean free = free();
    switch (message) {
      case ToHost.Watch(ToHost.Service service) when free -> watch(line, host.pool(service));
      case ToHost.Submit submit when free -> submit(line, submit);
      case ToHost.Inspect(ToHost.Service service, var source) when free ->
          inspect(line, host.pool(service), source.id(), source.source());
      case ToHost.Cancel(long id) -> {
        HostedRun current = run;
        if (current != null && current.id() == id) {
          current.stop();
        }
      }
      default -> throw new WireException("a request before the end of another");
    }
  }

  private void submit(Line line, ToHost.Submit submit) throws IOException {
    if (host.closing()) {
      release();
      line.send(new FromHost.Declined(submit.run().id(), "the worker host is closing"));
      return;
    }
    HostedRun hosted = new HostedRun(submit, host.pool(submit.service()), new Answers(line));
    run = hosted;
    hosted.submit();
    if (host.closing()) {
      hosted.decline(); // closing began meanwhile, and may not have seen it
    }
  }

  private void inspect(Line line, Sandbox pool, long id, String source) {
    inspecting = true;
    var _ =
        pool.inspect(source)
            .whenCompleteAsync(
                (answer, fault) -> inspected(line, id, answer, fault), Thread::startVirtualThread);
  }

  private void inspected(
      Line line, long id, @Nullable Inspection answer, @Nullable Throwable fault) {
    release();
    inspecting = false;
    rests();
    send(
        line,
        answer == null
            ? new FromHost.Declined(id, StderrTail.line(String.valueOf(fault)))
            : new FromHost.Inspected(new FromWorker.Inspected(id, answer)));
  }

  private void watch(Line line, Sandbox pool) {
    watched = true;
    Thread.ofVirtual()
        .name("reckon-worker-host-watch")
        .start(
            () -> {
              try {
                tell(line, pool);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              } catch (Throwable e) {
                LOG.warn("A pool's state cannot be told", e);
              } finally {
                end();
              }
            });
    var _ =
        pool.environment()
            .whenCompleteAsync(
                (environment, fault) -> described(line, environment, fault),
                Thread::startVirtualThread);
  }

  private void tell(Line line, Sandbox pool) throws InterruptedException {
    FromHost.Status told = null;
    long at = 0;
    while (!ended) {
      FromHost.Status now = new FromHost.Status(pool.status(), host.closing());
      if (!now.equals(told) || System.nanoTime() - at >= HEARTBEAT.toNanos()) {
        send(line, now);
        told = now;
        at = System.nanoTime();
      }
      Thread.sleep(NEWS);
    }
  }

  /** A host whose workers do not start tells nothing, and its log says why. */
  private void described(Line line, @Nullable Environment environment, @Nullable Throwable fault) {
    if (environment != null) {
      send(line, new FromHost.Described(environment));
    } else {
      LOG.warn("No worker is ready: {}", StderrTail.line(String.valueOf(fault)));
    }
  }

  private void send(Line line, FromHost message) {
    try {
      line.send(message);
    } catch (IOException e) {
      end();
    }
  }

  /** The host is closing: a script that waits is given back. */
  void closing() {
    HostedRun current = run;
    if (current != null) {
      current.decline();
    }
  }

  /** Whether a script or an inspection is under way. */
  boolean works() {
    return run != null || inspecting;
  }

  void end() {
    ended = true;
    Line.quietly(socket);
  }

  private Future<?> endAfter(Duration time) {
    try {
      return host.clock().schedule(this::end, time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      end(); // the host is closed
      return CompletableFuture.completedFuture(null);
    }
  }

  private String peer() {
    return String.valueOf(socket.getRemoteSocketAddress());
  }

  /** Where a run's answers go. */
  final class Answers {
    private final Line line;

    private Answers(Line line) {
      this.line = line;
    }

    void send(FromHost message) {
      HostConnection.this.send(line, message);
    }

    /** The last of a run: the bot may ask for something else as soon as it has read it. */
    void last(Iterable<FromHost> messages) {
      Future<?> deadline = endAfter(READ_RESULT);
      try {
        FromHost last = null;
        for (FromHost message : messages) {
          if (last != null) {
            send(last);
          }
          last = message;
        }
        run = null;
        release();
        rests(); // before the bot can ask for something else
        if (last != null) {
          send(last);
        }
      } finally {
        deadline.cancel(false);
      }
    }
  }
}

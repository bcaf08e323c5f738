package dev.reckon.sandbox.remote;

import dev.reckon.sandbox.Environment;
import dev.reckon.sandbox.Inspection;
import dev.reckon.sandbox.PoolStatus;
import dev.reckon.sandbox.RunResult;
import dev.reckon.sandbox.Sandbox;
import dev.reckon.sandbox.Script;
import dev.reckon.sandbox.process.StderrTail;
import dev.reckon.sandbox.run.LimitCheck;
import dev.reckon.sandbox.wire.FromHost;
import dev.reckon.sandbox.wire.ToHost;
import dev.reckon.sandbox.wire.ToWorker;
import dev.reckon.sandbox.wire.WireException;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A sandbox whose workers are on one or several hosts. A script goes to the host that has least to
 * do and waits there, in its pool's queue; a script that no worker has begun when its host is lost
 * or closes goes to the next one, until three hosts were lost with it. One that a worker had begun
 * ends as {@link RunResult.WorkerLost}, and what it had printed until then is lost with its host.
 *
 * <p>Results may take longer than the port promises by the time that their files need on the
 * network.
 */
public final class RemoteSandbox implements Sandbox {
  private static final Logger LOG = LoggerFactory.getLogger(RemoteSandbox.class);

  /** Longer than a host's own limit for reading a source twice. */
  private static final Duration INSPECT_LIMIT = Duration.ofSeconds(70);

  /** How long the result's files may take over the network. */
  private static final Duration TRANSFER = Duration.ofSeconds(30);

  /** How many hosts read a source before it counts as unreadable. */
  private static final int INSPECT_TRIES = 2;

  private final RemoteSettings settings;
  private final Duration transfer;
  private final ScheduledThreadPoolExecutor clock = Clocks.daemon("reckon-remote-clock");
  private final HostChoice hosts;
  private final AtomicLong nextId = new AtomicLong(1);
  private final AtomicLong runs = new AtomicLong();
  private final AtomicLong lost = new AtomicLong();

  /** By identity: an equal script may be somebody else's. */
  private final Map<Script, RemoteRun> submitted =
      Collections.synchronizedMap(new IdentityHashMap<>());

  private RemoteSandbox(RemoteSettings settings, Duration transfer) {
    this.settings = settings;
    this.transfer = transfer;
    this.hosts = new HostChoice(settings, clock);
  }

  /** Begins to connect, and returns at once. */
  public static RemoteSandbox open(RemoteSettings settings) {
    return open(settings, TRANSFER);
  }

  /**
   * @param transfer how long a result may take over the network, once it has begun to arrive
   */
  static RemoteSandbox open(RemoteSettings settings, Duration transfer) {
    RemoteSandbox sandbox = new RemoteSandbox(settings, transfer);
    sandbox.hosts.open();
    return sandbox;
  }

  @Override
  public CompletableFuture<RunResult> submit(Script script) {
    return submit(script, () -> {});
  }

  @Override
  public CompletableFuture<RunResult> submit(Script script, Runnable taken) {
    RemoteRun run =
        new RemoteRun(
            nextId.getAndIncrement(), script, taken, runs::incrementAndGet, clock, transfer);
    Optional<RunResult> refusal = LimitCheck.of(script);
    if (refusal.isPresent()) {
      run.future.complete(refusal.get());
      return run.future;
    }
    submitted.put(script, run);
    var _ =
        run.future.whenComplete(
            (result, fault) -> {
              submitted.remove(script, run);
              if (run.future.isCancelled()) {
                run.stop();
              }
              if (result instanceof RunResult.WorkerLost) {
                lost.incrementAndGet();
              }
            });
    Thread.ofVirtual().name("reckon-remote-run").start(() -> carry(run));
    return run.future;
  }

  private void carry(RemoteRun run) {
    try {
      FailedAttempts failed = new FailedAttempts(settings);
      while (!run.future.isDone()) {
        HostChoice.Chosen chosen = hosts.choose();
        if (!(chosen instanceof HostChoice.Host(HostLink host))) {
          run.lost(((HostChoice.None) chosen).reason());
          return;
        }
        switch (run.carry(host, settings.service())) {
          case RemoteRun.Attempt.Over _ -> {
            return;
          }
          case RemoteRun.Attempt.Unbegun(String reason, RemoteRun.Cause cause) -> {
            LOG.info("{} did not begin a script: {}", host.address(), StderrTail.line(reason));
            host.avoid();
            if (failed.enough(cause)) {
              run.lost(StderrTail.line(reason));
              return;
            }
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      run.lost("the sandbox was closed");
    } catch (Throwable e) {
      LOG.warn("A script could not be handed over", e);
      run.lost("the sandbox failed inside: " + e);
    }
  }

  @Override
  public void stop(Script script) {
    RemoteRun run = submitted.get(script);
    if (run != null) {
      run.stop();
    }
  }

  @Override
  public CompletableFuture<Inspection> inspect(String source) {
    CompletableFuture<Inspection> answer = new CompletableFuture<>();
    Thread.ofVirtual().name("reckon-remote-inspect").start(() -> inspect(source, answer));
    return answer;
  }

  private void inspect(String source, CompletableFuture<Inspection> answer) {
    String reason = "";
    try {
      for (int tries = 0; tries < INSPECT_TRIES; tries++) {
        HostChoice.Chosen chosen = hosts.choose();
        if (!(chosen instanceof HostChoice.Host(HostLink host))) {
          answer.completeExceptionally(
              new IllegalStateException(((HostChoice.None) chosen).reason()));
          return;
        }
        try {
          answer.complete(inspected(host, source));
          return;
        } catch (IOException e) {
          reason = HostLink.words(e);
          host.avoid();
        }
      }
      answer.complete(new Inspection.NotRead("its reader was lost: " + reason));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      answer.completeExceptionally(e);
    } catch (Throwable e) {
      answer.completeExceptionally(e);
    }
  }

  private Inspection inspected(HostLink host, String source) throws IOException {
    long id = nextId.getAndIncrement();
    Line line = host.take();
    Future<?> deadline =
        clock.schedule(line::close, INSPECT_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    boolean whole = false;
    try {
      line.send(new ToHost.Inspect(settings.service(), new ToWorker.Inspect(id, source)));
      return switch (line.fromHost(() -> HostLink.ORDINARY_BYTES)) {
        case FromHost.Inspected(var answer) when answer.id() == id -> {
          whole = true;
          yield answer.answer();
        }
        case FromHost.Declined(long declined, String reason) when declined == id -> {
          whole = true;
          throw new IOException(StderrTail.line(reason));
        }
        case null -> throw new EOFException("it closed the connection");
        default -> throw new WireException("it sent what does not belong there");
      };
    } finally {
      deadline.cancel(false);
      if (whole) {
        host.done(line);
      } else {
        host.broken(line);
      }
    }
  }

  @Override
  public CompletableFuture<Environment> environment() {
    return hosts.environment();
  }

  /** Sums of all hosts that answer; scripts, runs and losses are this sandbox's own. */
  @Override
  public PoolStatus status() {
    List<PoolStatus> pools = hosts.statuses();
    List<RemoteRun> own;
    synchronized (submitted) {
      own = new ArrayList<>(submitted.values());
    }
    int queued = (int) own.stream().filter(RemoteRun::waits).count();
    return new PoolStatus(
        pools.stream().mapToInt(PoolStatus::workers).sum(),
        pools.stream().mapToInt(PoolStatus::ready).sum(),
        Math.max(pools.stream().mapToInt(PoolStatus::busy).sum(), own.size() - queued),
        pools.stream().mapToInt(PoolStatus::starting).sum(),
        queued,
        runs.get(),
        lost.get(),
        0);
  }

  /** Each host's pool, as the host counts; one that does not answer has no workers. */
  @Override
  public Map<String, PoolStatus> engines() {
    Map<String, PoolStatus> engines = new TreeMap<>();
    hosts
        .links()
        .forEach(
            link ->
                engines.put(
                    link.address().toString(), link.status().orElseGet(Unserved.INSTANCE::status)));
    return engines;
  }

  /** Each host as it is seen from here at this moment, in the settings' order. */
  public List<HostState> hosts() {
    return hosts.links().stream().map(HostLink::state).toList();
  }

  @Override
  public void close() {
    hosts.close();
    List<RemoteRun> left;
    synchronized (submitted) {
      left = new ArrayList<>(submitted.values());
    }
    left.forEach(run -> run.lost("the sandbox was closed"));
    clock.shutdownNow();
  }
}

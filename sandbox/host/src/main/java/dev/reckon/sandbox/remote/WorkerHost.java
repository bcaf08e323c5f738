package dev.reckon.sandbox.remote;

import dev.reckon.sandbox.Sandbox;
import dev.reckon.sandbox.wire.ToHost;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves pools to bots on other machines. Scripts wait in the pool's own queue, as those of a bot
 * on this machine would. Whoever cannot show the token, or a certificate where one is asked for,
 * gets nothing, and costs a connection for a few seconds at most.
 */
public final class WorkerHost implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerHost.class);

  /** Connections that have not shown yet that they may be served; one more closes the oldest. */
  private static final int MOST_STRANGERS = 64;

  /** How long to rest when connections cannot be accepted, as without free descriptors. */
  private static final Duration AFTER_FAILURE = Duration.ofMillis(200);

  /**
   * How a host listens.
   *
   * @param bind the address to bind, such as {@code 0.0.0.0}
   * @param port 0 takes a free one
   * @param version of this program, which bots compare with theirs
   * @param connections the most at a time; further ones are closed at once
   * @param heldMib of scripts and files that may be held at a time; a bot's next one waits. One
   *     counts twice while it is read and once until its result is sent
   * @param introduction how long a connection may take for TLS and its first message
   * @param grace how long closing waits for scripts that run
   */
  public record Settings(
      String bind,
      int port,
      Credentials credentials,
      String version,
      int connections,
      int heldMib,
      Duration introduction,
      Duration grace) {
    /**
     * @throws IllegalArgumentException when strangers on the network could use the host
     */
    public Settings {
      if (!HostAddress.isLoopback(bind)) {
        if (credentials.tls().isEmpty() || !credentials.certificate()) {
          throw new IllegalArgumentException(
              "other machines can reach "
                  + bind
                  + ", so connections must be encrypted: set worker.certificate and worker.key");
        }
        if (!credentials.mutual() && credentials.token().isEmpty()) {
          throw new IllegalArgumentException(
              "other machines can reach "
                  + bind
                  + ", so bots must show who they are: set worker.ca, which asks for their"
                  + " certificates, or a token (worker.token_file or RECKON_WORKER_TOKEN)");
        }
      }
      if (connections < 1 || heldMib < 1) {
        throw new IllegalArgumentException("a host serves one connection and one MiB at least");
      }
    }
  }

  private final Settings settings;
  private final Times times;
  private final Map<ToHost.Service, Sandbox> pools;
  private final ServerSocket server;
  private final ScheduledThreadPoolExecutor clock = Clocks.daemon("reckon-worker-host-clock");
  private final Set<HostConnection> connections = ConcurrentHashMap.newKeySet();
  private final Semaphore heldKib;
  private final int mostHeldKib;

  /** Guarded by itself. */
  private final Deque<Socket> strangers = new ArrayDeque<>();

  private volatile boolean closing;

  /**
   * How long bots may be silent.
   *
   * @param unused how long a connection may be open without a request
   * @param reading how long a message may take from its first bytes to the last, and one second
   *     more for each MiB
   */
  record Times(Duration unused, Duration reading) {
    static final Times ORDINARY = new Times(Duration.ofMinutes(5), Duration.ofMinutes(1));
  }

  private WorkerHost(
      Settings settings, Times times, Map<ToHost.Service, Sandbox> pools, ServerSocket server) {
    this.settings = settings;
    this.times = times;
    this.pools = Map.copyOf(pools);
    this.server = server;
    this.mostHeldKib = Math.multiplyExact(settings.heldMib(), 1024);
    this.heldKib = new Semaphore(mostHeldKib, true);
  }

  /**
   * Listens, and returns at once.
   *
   * @param pools stay their owner's to close, after this
   * @throws IOException when the address cannot be bound
   */
  public static WorkerHost start(Settings settings, Map<ToHost.Service, Sandbox> pools)
      throws IOException {
    return start(settings, Times.ORDINARY, pools);
  }

  static WorkerHost start(Settings settings, Times times, Map<ToHost.Service, Sandbox> pools)
      throws IOException {
    ServerSocket server = new ServerSocket();
    try {
      server.setReuseAddress(true);
      server.bind(new InetSocketAddress(settings.bind(), settings.port()), 128);
    } catch (IOException e) {
      Line.quietly(server);
      throw e;
    }
    WorkerHost host = new WorkerHost(settings, times, pools, server);
    Thread.ofPlatform().daemon().name("reckon-worker-host").start(host::accept);
    return host;
  }

  /** The port that it listens at. */
  public int port() {
    return server.getLocalPort();
  }

  /** How many bots' connections are open. */
  int open() {
    return connections.size();
  }

  /** Whether it has anything to do. */
  boolean works() {
    return connections.stream().anyMatch(HostConnection::works);
  }

  Settings settings() {
    return settings;
  }

  Times times() {
    return times;
  }

  ScheduledThreadPoolExecutor clock() {
    return clock;
  }

  Sandbox pool(ToHost.Service service) {
    return pools.getOrDefault(service, Unserved.INSTANCE);
  }

  boolean closing() {
    return closing;
  }

  /** So many bytes, as they count here: what is larger than all that may be held counts as all. */
  int kib(long bytes) {
    return Math.toIntExact(Math.min(mostHeldKib, bytes / 1024));
  }

  /** Waits, in turn, until so much more may be held. */
  void hold(int kib) {
    heldKib.acquireUninterruptibly(kib);
  }

  void release(int kib) {
    heldKib.release(kib);
  }

  /** How much is held. */
  int heldKib() {
    return mostHeldKib - heldKib.availablePermits();
  }

  /** How many messages wait until they may be held. */
  int waiting() {
    return heldKib.getQueueLength();
  }

  /** The connection has shown who it is. */
  void known(Socket socket) {
    synchronized (strangers) {
      strangers.remove(socket);
    }
  }

  void ended(HostConnection connection, Socket socket) {
    known(socket);
    connections.remove(connection);
  }

  private void accept() {
    while (!closing) {
      try {
        Socket socket = server.accept();
        if (connections.size() >= settings.connections()) {
          LOG.warn("{} connections are open; one more was closed", settings.connections());
          Line.quietly(socket);
          continue;
        }
        stranger(socket);
        HostConnection connection = new HostConnection(this, socket);
        connections.add(connection);
        Thread.ofVirtual().name("reckon-worker-host-line").start(connection::serve);
      } catch (SocketException e) {
        if (server.isClosed()) {
          return;
        }
        rest(e);
      } catch (Throwable e) {
        rest(e);
      }
    }
  }

  private void stranger(Socket socket) {
    Socket oldest = null;
    synchronized (strangers) {
      if (strangers.size() >= MOST_STRANGERS) {
        oldest = strangers.removeFirst();
      }
      strangers.addLast(socket);
    }
    if (oldest != null) {
      Line.quietly(oldest);
    }
  }

  private static void rest(Throwable e) {
    LOG.warn("A connection was not accepted: {}", e.toString());
    try {
      Thread.sleep(AFTER_FAILURE);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Takes nothing more, gives scripts that wait back to their bots, and waits for those that run,
   * for the settings' time at most.
   */
  @Override
  public void close() {
    closing = true;
    Line.quietly(server);
    connections.forEach(HostConnection::closing);
    long end = System.nanoTime() + settings.grace().toNanos();
    boolean interrupted = false;
    while (!interrupted && System.nanoTime() < end && works()) {
      try {
        Thread.sleep(Duration.ofMillis(20));
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    connections.forEach(HostConnection::end);
    clock.shutdownNow();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

package dev.reckon.sandbox.remote;

import dev.reckon.sandbox.Environment;
import dev.reckon.sandbox.PoolStatus;
import dev.reckon.sandbox.RunResult;
import dev.reckon.sandbox.SandboxFile;
import dev.reckon.sandbox.wire.FromHost;
import dev.reckon.sandbox.wire.FromWorker;
import dev.reckon.sandbox.wire.HostCodec;
import dev.reckon.sandbox.wire.ToHost;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A worker host without workers that answers every script in one way, honest or not. */
final class FakeHost implements AutoCloseable {
  static final Environment WITHOUT_SECCOMP =
      new Environment(
          "0.0",
          List.of(),
          List.of(),
          List.of(),
          List.of(new Environment.Layer("seccomp", false, "the kernel has none")));

  /** What it does when it is given a script. */
  enum Answer {
    HONEST(RunResult.Completed.class),
    TAKES_AND_IS_SILENT(RunResult.TimeLimit.class),
    CLOSES_BEFORE_IT_TAKES(RunResult.WorkerLost.class),
    TAKES_AND_CLOSES(RunResult.WorkerLost.class),
    SENDS_A_PART_AND_IS_SILENT(RunResult.WorkerLost.class),
    BEGINS_A_PART_AND_IS_SILENT(RunResult.WorkerLost.class),
    TAKES_AND_SENDS_GARBAGE(RunResult.WorkerLost.class),
    PROMISES_TWO_GIGABYTES(RunResult.WorkerLost.class),
    TAKES_TWICE(RunResult.WorkerLost.class),
    TAKES_AND_DECLINES(RunResult.WorkerLost.class),
    ENDS_ANOTHER(RunResult.WorkerLost.class),
    TELLS_A_STATUS(RunResult.WorkerLost.class),
    SENDS_MORE_THAN_THE_LIMITS(RunResult.Completed.class),
    ALWAYS_DECLINES(RunResult.WorkerLost.class);

    private final Class<? extends RunResult> means;

    Answer(Class<? extends RunResult> means) {
      this.means = means;
    }

    /** What the bot's caller gets. */
    Class<? extends RunResult> means() {
      return means;
    }
  }

  private final ServerSocket server;
  private final Environment environment;
  private final Answer answer;
  private final PoolStatus pool;
  private final AtomicInteger submitted = new AtomicInteger();
  private final AtomicInteger opened = new AtomicInteger();
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private volatile boolean full;

  FakeHost(Environment environment) throws IOException {
    this(environment, Answer.HONEST, 1, 0);
  }

  FakeHost(Environment environment, int workers, int queued) throws IOException {
    this(environment, Answer.HONEST, workers, queued);
  }

  FakeHost(Answer answer) throws IOException {
    this(environment(), answer, 1, 0);
  }

  private FakeHost(Environment environment, Answer answer, int workers, int queued)
      throws IOException {
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.environment = environment;
    this.answer = answer;
    this.pool = new PoolStatus(workers, workers, 0, 0, queued, 0, 0, 0);
    Thread.ofVirtual().start(this::accept);
  }

  static Environment environment() {
    return new Environment("0.0", List.of(), List.of(), List.of(), List.of());
  }

  HostAddress address() {
    return new HostAddress(false, "127.0.0.1", server.getLocalPort());
  }

  int submitted() {
    return submitted.get();
  }

  /** How many connections bots have opened. */
  int opened() {
    return opened.get();
  }

  /** Greets nobody until that is open. */
  void greetAfter(CountDownLatch gate) {
    this.gate = gate;
  }

  /** From now on it closes each new connection, as a host does that has as many as it may. */
  void full() {
    full = true;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        opened.incrementAndGet();
        if (full) {
          socket.close();
        } else {
          Thread.ofVirtual().start(() -> serve(socket));
        }
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      OutputStream out = socket.getOutputStream();
      @Nullable ToHost message = read(socket);
      while (message != null) {
        switch (message) {
          case ToHost.Hello _ -> {
            gate.await();
            HostCodec.write(new FromHost.Welcome("1"), out);
          }
          case ToHost.Watch _ -> {
            HostCodec.write(new FromHost.Status(pool, false), out);
            HostCodec.write(new FromHost.Described(environment), out);
            Thread.startVirtualThread(() -> beat(out));
          }
          case ToHost.Submit submit -> {
            submitted.incrementAndGet();
            if (!answer(submit.run().id(), out)) {
              return;
            }
          }
          case ToHost.Inspect _, ToHost.Cancel _ -> {}
        }
        message = read(socket);
      }
    } catch (IOException | InterruptedException gone) {
      // The bot has had enough.
    }
  }

  private static @Nullable ToHost read(Socket socket) throws IOException {
    return HostCodec.readToHost(socket.getInputStream(), 1_000_000, length -> {});
  }

  private void beat(OutputStream out) {
    try {
      while (true) {
        Thread.sleep(500);
        HostCodec.write(new FromHost.Status(pool, false), out);
      }
    } catch (IOException | InterruptedException gone) {
      // Nobody watches any more.
    }
  }

  /** Whether the connection goes on. */
  private boolean answer(long id, OutputStream out) throws IOException {
    if (answer == Answer.ALWAYS_DECLINES) {
      HostCodec.write(new FromHost.Declined(id, "no"), out);
      return true;
    }
    if (answer == Answer.CLOSES_BEFORE_IT_TAKES) {
      return false;
    }
    HostCodec.write(new FromHost.Taken(id), out);
    FromWorker.Finished end =
        new FromWorker.Finished(
            id, FromWorker.Ending.COMPLETED, null, "", Long.MAX_VALUE, Integer.MAX_VALUE);
    switch (answer) {
      case TAKES_AND_CLOSES -> {
        return false;
      }
      case TAKES_AND_SENDS_GARBAGE -> out.write(new byte[] {0, 0, 0, 2, 99, 99});
      case PROMISES_TWO_GIGABYTES ->
          out.write(ByteBuffer.allocate(4).putInt(2_000_000_000).array());
      case TAKES_TWICE -> HostCodec.write(new FromHost.Taken(id), out);
      case TAKES_AND_DECLINES -> HostCodec.write(new FromHost.Declined(id, "no"), out);
      case ENDS_ANOTHER ->
          HostCodec.write(
              new FromHost.Ended(
                  new FromWorker.Finished(id + 1, FromWorker.Ending.COMPLETED, null, "", 0, 0),
                  "",
                  0),
              out);
      case TELLS_A_STATUS -> HostCodec.write(new FromHost.Status(pool, false), out);
      case SENDS_MORE_THAN_THE_LIMITS -> {
        for (int i = 0; i < 100; i++) {
          HostCodec.write(new FromHost.Part(new FromWorker.Output(id, false, new byte[1000])), out);
          HostCodec.write(
              new FromHost.Part(new FromWorker.File(id, new SandboxFile("f" + i, new byte[90]))),
              out);
        }
        HostCodec.write(new FromHost.Ended(end, "GraalPy", 0), out);
      }
      case SENDS_A_PART_AND_IS_SILENT ->
          HostCodec.write(new FromHost.Part(new FromWorker.Output(id, false, new byte[1])), out);
      case BEGINS_A_PART_AND_IS_SILENT -> out.write(new byte[] {0, 0, 0, 9, 7});
      case HONEST -> HostCodec.write(new FromHost.Ended(end, "GraalPy", 0), out);
      case TAKES_AND_IS_SILENT, CLOSES_BEFORE_IT_TAKES, ALWAYS_DECLINES -> {}
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}

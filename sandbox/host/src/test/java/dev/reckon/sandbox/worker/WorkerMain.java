package dev.reckon.sandbox.worker;

import dev.reckon.sandbox.Environment;
import dev.reckon.sandbox.GuestError;
import dev.reckon.sandbox.Inspection;
import dev.reckon.sandbox.SandboxFile;
import dev.reckon.sandbox.SourceReport;
import dev.reckon.sandbox.wire.FromWorker;
import dev.reckon.sandbox.wire.FromWorker.Ending;
import dev.reckon.sandbox.wire.FromWorkerCodec;
import dev.reckon.sandbox.wire.ToWorker;
import dev.reckon.sandbox.wire.ToWorkerCodec;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Stands in for the real worker where only the pool is tested: a real process that speaks the real
 * protocol and knows no Python. A script is a list of lines, each an order such as {@code print x}
 * or {@code exit 3}. It starts in a fraction of a second.
 */
public final class WorkerMain {
  /** What a hostile worker calls its fault, to have a line of its own in the log. */
  public static final String FAULT =
      "it broke\n12:00:00 WARN forged\u202e\u2028" + "x".repeat(5000);

  private final OutputStream out = System.out;
  private final Path mark = Path.of(System.getProperty("polyglot.engine.resourcePath"));
  private volatile long cancelled;
  private long heap = 1;

  private WorkerMain() {}

  /** Reads messages until its parent is gone. */
  public static void main(String[] arguments) throws Exception {
    new WorkerMain().serve();
  }

  private void serve() throws Exception {
    if (Files.exists(mark.resolve("broken"))) {
      System.err.println("this worker is broken");
      System.exit(1);
    }
    send(
        new FromWorker.Ready(
            new Environment("0.0", List.of("nothing"), List.of(), List.of(), List.of())));
    send(new FromWorker.Idle(heap));
    for (ToWorker message = ToWorkerCodec.read(System.in);
        message != null;
        message = ToWorkerCodec.read(System.in)) {
      switch (message) {
        case ToWorker.Run run -> Thread.ofPlatform().start(() -> run(run));
        case ToWorker.Inspect(long id, String source) -> inspect(id, source);
        case ToWorker.Cancel(long id) -> cancelled = id;
        case ToWorker.Shutdown() -> System.exit(0);
      }
    }
    Runtime.getRuntime().halt(0);
  }

  private void inspect(long id, String source) throws IOException {
    if (source.equals("die")) {
      Runtime.getRuntime().halt(1);
    }
    if (source.equals("die once") && mark.resolve("died").toFile().mkdir()) {
      Runtime.getRuntime().halt(1);
    }
    send(
        new FromWorker.Inspected(
            id,
            new Inspection.Read(
                new SourceReport(
                    null,
                    1,
                    List.of(new SourceReport.Import(source, 1, true)),
                    List.of(),
                    Set.of()))));
  }

  private void run(ToWorker.Run run) {
    try {
      Ending ending = Ending.COMPLETED;
      // In training it is given Python, of which it makes nothing.
      String orders = Files.exists(mark.resolve("python")) ? "print trained" : run.source();
      for (String line : orders.split("\n", -1)) {
        ending = order(run, line);
      }
      GuestError error =
          ending == Ending.FAILED ? new GuestError("FakeError", "no", 1, "FakeError: no") : null;
      send(new FromWorker.Finished(run.id(), ending, error, "detail", 0, 0));
      if (ending != Ending.FAULT) {
        send(new FromWorker.Idle(heap));
      }
    } catch (IOException | InterruptedException e) {
      Runtime.getRuntime().halt(9);
    }
  }

  private Ending order(ToWorker.Run run, String line) throws IOException, InterruptedException {
    String[] words = line.split(" ", 2);
    String rest = words.length > 1 ? words[1] : "";
    switch (words[0]) {
      case "print" -> print(run, rest + "\n");
      case "pid" -> print(run, Long.toString(ProcessHandle.current().pid()));
      case "environment" -> print(run, System.getenv().toString());
      case "directory" -> print(run, System.getProperty("user.dir"));
      case "java" -> print(run, System.getProperty("java.home"));
      case "file" ->
          send(new FromWorker.File(run.id(), SandboxFile.text(rest, "content of " + rest)));
      case "read" -> send(new FromWorker.Read(run.id(), rest));
      case "end" -> {
        return Ending.valueOf(rest);
      }
      case "spin" -> {
        while (cancelled != run.id()) {
          Thread.sleep(1);
        }
        return Ending.CANCELLED;
      }
      case "deaf" -> Thread.sleep(Long.MAX_VALUE);
      case "exit" -> {
        System.err.println("last words");
        Runtime.getRuntime().halt(Integer.parseInt(rest));
      }
      case "raw" -> write(rest.getBytes(StandardCharsets.UTF_8));
      case "forge" -> send(new FromWorker.Finished(run.id() + 1, Ending.COMPLETED, null, "", 0, 0));
      case "flood" -> {
        while (true) {
          print(run, "0123456789".repeat(1000));
        }
      }
      case "promise" ->
          write(ByteBuffer.allocate(Integer.BYTES).putInt(Integer.parseInt(rest)).array());
      case "idle" -> send(new FromWorker.Idle(1));
      case "idle-flood" -> {
        while (true) {
          send(new FromWorker.Idle(1));
        }
      }
      case "introduce" ->
          send(
              new FromWorker.Ready(
                  new Environment("9.9", List.of(), List.of(), List.of(), List.of())));
      case "lie" ->
          send(
              new FromWorker.Finished(
                  run.id(), Ending.COMPLETED, null, "", Long.MAX_VALUE, Integer.MAX_VALUE));
      case "fault" -> send(new FromWorker.Finished(run.id(), Ending.FAULT, null, FAULT, 0, 0));
      case "grow" -> heap = Long.parseLong(rest);
      case "files" -> print(run, run.files().toString());
      default -> throw new IllegalArgumentException(line);
    }
    return Ending.COMPLETED;
  }

  private void print(ToWorker.Run run, String text) throws IOException {
    send(new FromWorker.Output(run.id(), false, text.getBytes(StandardCharsets.UTF_8)));
  }

  private synchronized void write(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  private synchronized void send(FromWorker message) throws IOException {
    FromWorkerCodec.write(message, out);
  }
}

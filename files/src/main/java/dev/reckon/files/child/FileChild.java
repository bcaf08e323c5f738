package dev.reckon.files.child;

import dev.reckon.files.FileReading;
import dev.reckon.files.ReadFile;
import dev.reckon.files.ReadResult;
import dev.reckon.sandbox.Environment;
import dev.reckon.sandbox.Inspection;
import dev.reckon.sandbox.SandboxFile;
import dev.reckon.sandbox.kernel.OsLockdown;
import dev.reckon.sandbox.wire.FromWorker;
import dev.reckon.sandbox.wire.FromWorkerCodec;
import dev.reckon.sandbox.wire.ToWorker;
import dev.reckon.sandbox.wire.ToWorkerCodec;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;

/**
 * Reads one attachment after another. What takes too long or fills the heap is not its concern: its
 * parent ends it then, or the JVM does.
 */
final class FileChild {
  /** The first of a run's files: what is told about all of them, see {@link ReadingEncoder}. */
  private static final String READING = "reading";

  private final FileReading reading;
  private final OutputStream out;

  FileChild(FileReading reading, OutputStream out) {
    this.reading = reading;
    this.out = out;
  }

  /** Loads what reading needs, locks the process and says that it is ready. */
  void start(boolean locked) throws IOException {
    WarmUp.run(reading);
    List<Environment.Layer> layers = locked ? OsLockdown.engage() : List.of();
    send(new FromWorker.Ready(new Environment("none", List.of(), List.of(), List.of(), layers)));
    idle();
  }

  /** Reads what comes until the parent closes the stream or says that it is over. */
  void serve(InputStream in) throws IOException {
    for (ToWorker message = ToWorkerCodec.read(in);
        message != null;
        message = ToWorkerCodec.read(in)) {
      switch (message) {
        case ToWorker.Run run -> {
          read(run);
          idle();
        }
        case ToWorker.Inspect(long id, String source) ->
            send(new FromWorker.Inspected(id, new Inspection.NotRead("no Python is read here")));
        // The run that is meant is over already, or its parent is about to end this process.
        case ToWorker.Cancel cancel -> {}
        case ToWorker.Shutdown() -> {
          return;
        }
      }
    }
  }

  private void read(ToWorker.Run run) throws IOException {
    long id = run.id();
    byte[] content = run.files().getFirst().content();
    FromWorker.Finished end;
    try {
      ReadResult result = reading.read(run.source(), content);
      send(
          new FromWorker.File(
              id, new SandboxFile(READING, ReadingEncoder.encode(result, content))));
      int number = 0;
      for (ReadFile file : result.files()) {
        if (!Arrays.equals(file.content(), content)) {
          send(new FromWorker.File(id, new SandboxFile("" + number, file.content())));
        }
        number++;
      }
      end = finished(id, FromWorker.Ending.COMPLETED, "");
    } catch (RuntimeException | StackOverflowError fault) {
      end = finished(id, FromWorker.Ending.FAULT, fault.getClass().getName());
    }
    send(end);
  }

  private static FromWorker.Finished finished(long id, FromWorker.Ending how, String detail) {
    return new FromWorker.Finished(id, how, null, detail, 0, 0);
  }

  private void idle() throws IOException {
    Runtime heap = Runtime.getRuntime();
    send(new FromWorker.Idle(heap.totalMemory() - heap.freeMemory()));
  }

  private void send(FromWorker message) throws IOException {
    FromWorkerCodec.write(message, out);
  }
}

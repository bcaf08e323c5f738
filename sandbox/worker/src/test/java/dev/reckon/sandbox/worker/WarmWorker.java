package dev.reckon.sandbox.worker;

import dev.reckon.sandbox.Environment;
import dev.reckon.sandbox.Inspection;
import dev.reckon.sandbox.Limits;
import dev.reckon.sandbox.SandboxFile;
import dev.reckon.sandbox.SourceReport;
import dev.reckon.sandbox.wire.FromWorker;
import dev.reckon.sandbox.wire.FromWorkerCodec;
import dev.reckon.sandbox.wire.ToWorker;
import dev.reckon.sandbox.wire.ToWorkerCodec;
import dev.reckon.sandbox.wire.WorkerSettings;
import dev.reckon.sandbox.worker.files.SharedMounts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A real worker in the test's own JVM, spoken to over its real messages: only the kernel's layer
 * and the parent's are missing, so what is shown is the context's layer alone. One serves all tests
 * of a build.
 */
public final class WarmWorker implements ParameterResolver {

  /** A worker and the way to it; used by one test at a time. */
  public static final class Line implements AutoCloseable {
    private final OutputStream to;
    private final InputStream from;
    private final Environment environment;
    private long id;

    private Line(WorkerSettings settings) throws IOException {
      // Real pipes: java.io's piped streams take the end of one writing thread for the end of all.
      Pipe toWorker = Pipe.open();
      Pipe fromWorker = Pipe.open();
      to = Channels.newOutputStream(toWorker.sink());
      from = Channels.newInputStream(fromWorker.source());
      InputStream workerIn = Channels.newInputStream(toWorker.source());
      ParentLink parent = new ParentLink(Channels.newOutputStream(fromWorker.sink()));
      Path home = settings.resources().resolve("python/python-home");
      SharedMounts trees = new SharedMounts(home, settings.packages());
      Thread.ofPlatform()
          .daemon()
          .name("worker")
          .start(
              () -> {
                try {
                  Worker worker = new Worker(parent, settings, trees);
                  worker.start(List::of);
                  worker.serve(workerIn);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      environment = ((FromWorker.Ready) read()).environment();
      awaitIdle();
    }

    /** Everything that a run told. */
    public record Answer(
        FromWorker.Finished finished,
        String stdout,
        String stderr,
        List<SandboxFile> files,
        List<String> read) {
      /** The text that a person might see, all in one. */
      public String everything() {
        return finished + stdout + stderr;
      }

      /** The content of a file that came back. */
      public String file(String name) {
        return files.stream()
            .filter(file -> file.name().equals(name))
            .map(file -> new String(file.content(), StandardCharsets.UTF_8))
            .findFirst()
            .orElseThrow(() -> new AssertionError(name + " is not among " + files));
      }
    }

    public Environment environment() {
      return environment;
    }

    public Answer run(String source, SandboxFile... files) {
      return run(source, Limits.DEFAULT, started -> {}, files);
    }

    public Answer run(String source, Limits limits, SandboxFile... files) {
      return run(source, limits, started -> {}, files);
    }

    /** Runs a script and lets the test see the first output, to act on it. */
    public synchronized Answer run(
        String source, Limits limits, Consumer<Long> onOutput, SandboxFile... files) {
      id++;
      send(new ToWorker.Run(id, source, List.of(files), limits));
      ByteArrayOutputStream stdout = new ByteArrayOutputStream();
      ByteArrayOutputStream stderr = new ByteArrayOutputStream();
      List<SandboxFile> produced = new ArrayList<>();
      List<String> opened = new ArrayList<>();
      while (true) {
        switch (read()) {
          case FromWorker.Output(long run, boolean err, byte[] bytes) -> {
            (err ? stderr : stdout).writeBytes(bytes);
            onOutput.accept(run);
          }
          case FromWorker.File(long run, SandboxFile file) -> produced.add(file);
          case FromWorker.Read(long run, String name) -> opened.add(name);
          case FromWorker.Finished finished -> {
            awaitIdle();
            return new Answer(
                finished,
                stdout.toString(StandardCharsets.UTF_8),
                stderr.toString(StandardCharsets.UTF_8),
                produced,
                opened);
          }
          case FromWorker other -> throw new AssertionError("unexpected " + other);
        }
      }
    }

    /** What is seen in a source that can be read. */
    public SourceReport inspect(String source) {
      return ((Inspection.Read) inspection(source)).report();
    }

    /** What came of reading a source, also of one that takes too long. */
    public synchronized Inspection inspection(String source) {
      id++;
      send(new ToWorker.Inspect(id, source));
      return ((FromWorker.Inspected) read()).answer();
    }

    /** Asks the worker to end a run. */
    public void cancel(long run) {
      send(new ToWorker.Cancel(run));
    }

    private void awaitIdle() {
      FromWorker message = read();
      if (!(message instanceof FromWorker.Idle)) {
        throw new AssertionError("expected Idle, got " + message);
      }
    }

    private void send(ToWorker message) {
      try {
        ToWorkerCodec.write(message, to);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private FromWorker read() {
      try {
        return Optional.ofNullable(FromWorkerCodec.read(from)).orElseThrow();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      send(new ToWorker.Shutdown());
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Line.class;
  }

  @Override
  public Line resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.GLOBAL)
        .computeIfAbsent(Line.class, type -> start(), Line.class);
  }

  private static Line start() {
    System.setProperty("truffle.UseFallbackRuntime", "true");
    System.setProperty("polyglotimpl.AttachLibraryFailureAction", "ignore");
    try {
      return new Line(WorkerSettings.withResources(TestHome.prepared()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

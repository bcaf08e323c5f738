package dev.reckon.sandbox.pool;

import dev.reckon.sandbox.Environment;
import dev.reckon.sandbox.Limits;
import dev.reckon.sandbox.process.OneShotProcess;
import dev.reckon.sandbox.wire.FromWorker;
import dev.reckon.sandbox.wire.FromWorkerCodec;
import dev.reckon.sandbox.wire.ToWorker;
import dev.reckon.sandbox.wire.ToWorkerCodec;
import dev.reckon.sandbox.wire.WorkerSettings;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A worker outside any pool that runs Reckon's own scripts one after another, to train the AOT
 * cache. For use by one thread.
 */
final class TrainingWorker implements AutoCloseable {
  private static final String DOING = "training a worker";

  private final OneShotProcess process;
  private final InputStream in;
  private final OutputStream out;
  private long runs;

  private TrainingWorker(OneShotProcess process) {
    this.process = process;
    this.in = new BufferedInputStream(process.child().getInputStream());
    this.out = process.child().getOutputStream();
  }

  /**
   * Starts one.
   *
   * @param flags JVM flags besides those of every worker
   * @param directory where it starts
   */
  static TrainingWorker start(
      WorkerJvm jvm, List<String> flags, WorkerSettings settings, Path directory)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(WorkerCommand.java(jvm));
    command.addAll(flags);
    command.addAll(WorkerCommand.jvmFlags(jvm));
    command.addAll(settings.arguments());
    command.addAll(List.of("-cp", WorkerCommand.classPath(jvm), WorkerSettings.MAIN_CLASS));
    return new TrainingWorker(OneShotProcess.start(command, directory));
  }

  /** Waits until it has started. Call this once, first. */
  Environment awaitReady() throws IOException {
    while (true) {
      if (next() instanceof FromWorker.Ready(Environment environment)) {
        return environment;
      }
    }
  }

  /** Runs a script as soon as the one before has ended. */
  void run(String script) throws IOException {
    awaitIdle();
    ToWorkerCodec.write(new ToWorker.Run(++runs, script, List.of(), Limits.DEFAULT), out);
  }

  /** Lets it finish, and waits until the process has ended. */
  void leave() throws IOException {
    awaitIdle();
    ToWorkerCodec.write(new ToWorker.Shutdown(), out);
    in.transferTo(OutputStream.nullOutputStream());
    process.leave(DOING);
  }

  String stderrTail() {
    return process.stderrTail();
  }

  private void awaitIdle() throws IOException {
    while (!(next() instanceof FromWorker.Idle)) {
      // Output is ignored.
    }
  }

  private FromWorker next() throws IOException {
    FromWorker message = FromWorkerCodec.read(in);
    if (message == null) {
      throw new IOException("the training worker ended: " + stderrTail());
    }
    return message;
  }

  @Override
  public void close() {
    process.close();
  }
}

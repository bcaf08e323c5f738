package dev.reckon.adapters.files;

import dev.reckon.core.files.FileImporter;
import dev.reckon.core.files.FileLimits;
import dev.reckon.sandbox.Limits;
import dev.reckon.sandbox.RunResult;
import dev.reckon.sandbox.Sandbox;
import dev.reckon.sandbox.SandboxFile;
import dev.reckon.sandbox.Script;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads files in a pool of child processes, one file per run. Safe for use by any number of
 * threads.
 */
public final class ChildFileImporter implements FileImporter {
  private static final Logger LOG = LoggerFactory.getLogger(ChildFileImporter.class);

  /** The attachment's name among the run's files; its own name is told apart. */
  private static final String CONTENT = "content";

  private static final int MEBI = 20;
  private static final int NAME_BYTES = 16 * 1024;
  private static final int LONGEST_NAME = 1_000;

  private final Sandbox children;
  private final FileLimits files;
  private final Limits limits;

  /**
   * @param children a pool whose workers read files; stays its owner's to close
   * @param deadline of one file, from being handed to a child
   */
  public ChildFileImporter(Sandbox children, FileLimits files, Duration deadline) {
    this.children = children;
    this.files = files;
    this.limits =
        new Limits(
            deadline,
            deadline,
            0,
            0,
            NAME_BYTES,
            files.conversationBytes() + files.fileBytes(),
            files.unpackedFiles() + 1);
  }

  @Override
  public Result read(Request request) throws InterruptedException {
    String name = shortened(request.name());
    Script script =
        new Script(
            "import",
            request.tenant(),
            request.queue(),
            name,
            List.of(new SandboxFile(CONTENT, request.content())),
            limits);
    Future<RunResult> running = children.submit(script);
    try {
      return result(running.get(), request, name);
    } catch (InterruptedException e) {
      running.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private Result result(RunResult end, Request request, String name) {
    return switch (end) {
      case RunResult.Completed(var produced, var timing) -> {
        if (produced.droppedFiles() > 0) {
          yield new NotRead(
              "%s holds more than fits: at most %d files of %d MiB together (files.unpacked, files.conversation_mib). Send a part of it."
                  .formatted(name, files.unpackedFiles(), files.conversationBytes() >> MEBI));
        }
        try {
          yield ReadingDecoder.decode(produced.files(), request.content());
        } catch (IOException e) {
          LOG.warn("A child that reads files broke the protocol: {}", e.getMessage());
          yield failed(name);
        }
      }
      case RunResult.TimeLimit(var limit, var cpu, var produced, var timing) ->
          new NotRead(
              "%s was not read: reading it took longer than %d s (files.read_seconds). Send a smaller part of it, or save it as CSV."
                  .formatted(name, limit.toSeconds()));
      case RunResult.MemoryLimit(long heap, var produced, var timing) ->
          new NotRead(
              "%s was not read: reading it takes more than %d MiB of memory (files.read_heap_mib). Send a smaller part of it, or save it as CSV."
                  .formatted(name, heap >> MEBI));
      case RunResult.Stopped _ -> new NotRead(name + " was not read: it was stopped.");
      case RunResult.WorkerLost(String reason, var produced, var timing) -> {
        LOG.warn("Reading a file ended its process: {}", reason);
        yield failed(name);
      }
      case RunResult.Failed _, RunResult.Blocked _, RunResult.OutputLimit _ -> failed(name);
    };
  }

  private static NotRead failed(String name) {
    return new NotRead(
        name
            + " was not read: reading it failed. Save it in another format, CSV for example, and"
            + " send that.");
  }

  private static String shortened(String name) {
    int[] points =
        name.codePoints().filter(c -> !Character.isISOControl(c)).limit(LONGEST_NAME).toArray();
    return new String(points, 0, points.length);
  }
}

package dev.reckon.sandbox.wire;

import dev.reckon.sandbox.Limits;
import dev.reckon.sandbox.SandboxFile;
import java.util.List;

/** What the parent tells a worker. */
public sealed interface ToWorker {
  /** Run this in a fresh context; answered by output, files and one {@link FromWorker.Finished}. */
  record Run(long id, String source, List<SandboxFile> files, Limits limits) implements ToWorker {
    public Run {
      files = List.copyOf(files);
    }
  }

  /** Parse this; answered by one {@link FromWorker.Inspected}. */
  record Inspect(long id, String source) implements ToWorker {}

  /** End that run softly; it is still answered by {@link FromWorker.Finished}. */
  record Cancel(long id) implements ToWorker {}

  /** Go, when the run in progress is over. */
  record Shutdown() implements ToWorker {}
}

package dev.reckon.sandbox.run;

import dev.reckon.sandbox.GuestError;
import dev.reckon.sandbox.Limits;
import dev.reckon.sandbox.Produced;
import dev.reckon.sandbox.RunResult;
import dev.reckon.sandbox.SandboxFile;
import dev.reckon.sandbox.Script;
import dev.reckon.sandbox.Timing;
import dev.reckon.sandbox.wire.ToWorker;
import dev.reckon.sandbox.wire.ToWorkerCodec;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Rejects scripts that exceed their limits before any worker runs them. */
public final class LimitCheck {
  private LimitCheck() {}

  /** The result of a script that exceeds its limits; empty when it may run. */
  public static Optional<RunResult> of(Script script) {
    Limits limits = script.limits();
    int source = script.source().getBytes(StandardCharsets.UTF_8).length;
    if (source > limits.sourceBytes()) {
      return refuse(
          "ScriptTooLong",
          "the script is "
              + source
              + " bytes long, and at most "
              + limits.sourceBytes()
              + " are run; put data into a file and attach it");
    }
    int count = script.files().size();
    if (count > limits.fileCount()) {
      return refuse(
          "TooManyFiles",
          count + " files are attached, and at most " + limits.fileCount() + " fit in the sandbox");
    }
    long bytes = script.files().stream().mapToLong(file -> file.content().length).sum();
    if (bytes > limits.fileBytes()) {
      return refuse(
          "FilesTooLarge",
          "the attached files are "
              + bytes
              + " bytes together, and at most "
              + limits.fileBytes()
              + " fit in the sandbox");
    }
    long message =
        ToWorkerCodec.length(new ToWorker.Run(0, script.source(), script.files(), limits));
    if (message > ToWorkerCodec.MAX_RUN_BYTES) {
      return refuse(
          "FilesTooLarge",
          "the script and the attached files are "
              + message
              + " bytes together, and at most "
              + ToWorkerCodec.MAX_RUN_BYTES
              + " can be sent to a worker");
    }
    long names = script.files().stream().map(SandboxFile::name).distinct().count();
    if (names < count) {
      return refuse("DuplicateFile", "two attached files have the same name");
    }
    return Optional.empty();
  }

  private static Optional<RunResult> refuse(String type, String message) {
    return Optional.of(
        new RunResult.Failed(
            new GuestError(type, message, 0, type + ": " + message),
            Produced.NOTHING,
            Timing.NONE));
  }
}

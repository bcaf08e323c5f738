package dev.reckon.adapters.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reckon.sandbox.GuestError;
import dev.reckon.sandbox.RunResult;
import dev.reckon.sandbox.SandboxFile;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A run's result as JSON for scripts. */
final class RunResultJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private RunResultJson() {}

  /**
   * The result as one JSON object.
   *
   * @param id the caller's name for the run, or null
   */
  static ObjectNode of(@Nullable String id, RunResult result) {
    ObjectNode json = JSON.createObjectNode();
    json.put("id", id);
    json.put("status", status(result));
    json.put("stdout", result.produced().stdout());
    json.put("stderr", result.produced().stderr());
    Optional<GuestError> error = error(result);
    if (error.isPresent()) {
      json.putObject("error")
          .put("type", error.get().type())
          .put("message", error.get().message())
          .put("line", error.get().line() == 0 ? null : Integer.valueOf(error.get().line()))
          .put("traceback", error.get().traceback());
    } else {
      json.putNull("error");
    }
    ArrayNode files = json.putArray("files");
    for (SandboxFile file : result.produced().files()) {
      files.addObject().put("name", file.name()).put("bytes", file.content().length);
    }
    json.put("truncated", result.produced().truncated());
    json.put("engine", result.produced().engine());
    json.put("queued_ms", milliseconds(result.timing().queued()));
    json.put("elapsed_ms", milliseconds(result.timing().elapsed()));
    return json;
  }

  /** A result for a request that could not be run at all. */
  static ObjectNode refused(@Nullable String id, String type, String message) {
    ObjectNode json = JSON.createObjectNode();
    json.put("id", id);
    json.put("status", "failed");
    json.put("stdout", "");
    json.put("stderr", "");
    json.putObject("error")
        .put("type", type)
        .put("message", message)
        .putNull("line")
        .put("traceback", "");
    json.putArray("files");
    json.put("truncated", false);
    json.put("engine", "");
    json.put("queued_ms", 0.0);
    json.put("elapsed_ms", 0.0);
    return json;
  }

  /** The word for how a run ended. */
  static String status(RunResult result) {
    return switch (result) {
      case RunResult.Completed ignored -> "completed";
      case RunResult.Failed ignored -> "failed";
      case RunResult.Blocked ignored -> "blocked";
      case RunResult.TimeLimit ignored -> "time_limit";
      case RunResult.MemoryLimit ignored -> "memory_limit";
      case RunResult.OutputLimit ignored -> "output_limit";
      case RunResult.WorkerLost ignored -> "worker_lost";
      case RunResult.Stopped ignored -> "cancelled";
    };
  }

  /** The guest's error, or ours in words where the run ended for another reason. */
  static Optional<GuestError> error(RunResult result) {
    return switch (result) {
      case RunResult.Completed ignored -> Optional.empty();
      case RunResult.Failed failed -> Optional.of(failed.error());
      case RunResult.Blocked blocked -> Optional.of(blocked.error());
      default -> Optional.of(new GuestError(status(result), RunResultText.reason(result), 0, ""));
    };
  }

  private static double milliseconds(Duration duration) {
    return Math.round(duration.toNanos() / 1000.0) / 1000.0;
  }
}

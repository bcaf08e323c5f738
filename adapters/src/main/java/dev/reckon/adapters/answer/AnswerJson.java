package dev.reckon.adapters.answer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reckon.core.source.QueriedData;
import dev.reckon.core.turn.TurnResult;
import dev.reckon.core.turn.TurnStatus;
import dev.reckon.core.turn.Usage;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A turn's result as JSON for scripts. */
public final class AnswerJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private AnswerJson() {}

  /**
   * The object of an answer.
   *
   * @param notices about the files that came with the request
   */
  public static ObjectNode of(TurnResult result, List<String> notices) {
    ObjectNode json = JSON.createObjectNode();
    json.put("status", status(result.status()));
    json.put("message", result.message());
    json.put("output", result.output());
    json.put("code", result.code());
    ArrayNode steps = json.putArray("steps");
    for (TurnResult.Step step : result.steps()) {
      steps
          .addObject()
          .put("title", step.title())
          .put("status", step.status())
          .put("output", step.output());
    }
    ArrayNode attempts = json.putArray("attempts");
    for (TurnResult.Attempt attempt : result.attempts()) {
      ObjectNode one = attempts.addObject();
      one.put("number", attempt.number())
          .put("step", attempt.step())
          .put("code", attempt.code())
          .put("status", attempt.status())
          .put("output", attempt.output())
          .put("error", attempt.error())
          .put("engine", attempt.engine());
      one.set("verdict", verdict(attempt.verdict()));
    }
    json.set("verification", verdict(result.verification()));
    ArrayNode files = json.putArray("files");
    for (TurnResult.ProducedFile file : result.files()) {
      files.addObject().put("name", file.name()).put("bytes", file.bytes());
    }
    ArrayNode queries = json.putArray("queries");
    for (QueriedData data : result.data()) {
      queries
          .addObject()
          .put("source", data.query().source())
          .put("sql", data.query().shown())
          .put("file", data.query().file())
          .put("rows", data.rows())
          .put("read_at", data.at().toString());
    }
    ArrayNode told = json.putArray("notices");
    notices.forEach(told::add);
    Usage usage = result.usage();
    json.putObject("usage")
        .put("calls", usage.calls())
        .put("input_tokens", usage.inputTokens())
        .put("output_tokens", usage.outputTokens())
        .put("cost_usd", usage.costUsd());
    json.put("elapsed_ms", result.elapsed().toMillis());
    return json;
  }

  /** The object for a request that no model could be asked about. */
  public static ObjectNode withoutModel(String message) {
    return of(
        new TurnResult(
            0,
            TurnStatus.MODEL_ERROR,
            message,
            "",
            "",
            List.of(),
            List.of(),
            null,
            List.of(),
            Usage.NONE,
            Duration.ZERO),
        List.of());
  }

  /** A program that ran without being judged is, to a script, one that is not verified. */
  private static String status(TurnStatus status) {
    return status == TurnStatus.NOT_JUDGED ? "unverified" : status.name().toLowerCase(Locale.ROOT);
  }

  private static @Nullable ObjectNode verdict(TurnResult.@Nullable Verification verification) {
    return verification == null
        ? null
        : JSON.createObjectNode()
            .put("answers", verification.answers())
            .put("reason", verification.reason())
            .put("headline", verification.headline());
  }
}

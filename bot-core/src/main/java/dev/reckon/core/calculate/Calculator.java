package dev.reckon.core.calculate;

import dev.reckon.sandbox.GuestError;
import dev.reckon.sandbox.Limits;
import dev.reckon.sandbox.Produced;
import dev.reckon.sandbox.RunResult;
import dev.reckon.sandbox.Sandbox;
import dev.reckon.sandbox.Script;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Computes expressions in the sandbox. Safe for use by any number of threads. */
public final class Calculator {
  private static final int OUTPUT_BYTES = 4_000;

  private final Sandbox sandbox;
  private final Limits limits;

  /** What became of an expression. */
  public sealed interface Outcome {
    /** It has a value, on one line. */
    record Value(String text) implements Outcome {}

    /**
     * It has none.
     *
     * @param reason in a few words
     */
    record None(String reason) implements Outcome {}
  }

  /**
   * A calculator.
   *
   * @param longest the longest that one expression may take
   */
  public Calculator(Sandbox sandbox, Duration longest) {
    this.sandbox = sandbox;
    Limits usual = Limits.DEFAULT;
    this.limits =
        new Limits(
            longest,
            longest,
            OUTPUT_BYTES,
            2L * OUTPUT_BYTES,
            usual.sourceBytes(),
            0,
            usual.fileCount());
  }

  /**
   * Computes an expression; interrupting ends it.
   *
   * @param person whose expression it is: people take turns in the sandbox
   */
  public Outcome compute(String person, Expression expression) throws InterruptedException {
    Script script =
        new Script(
            "expression",
            person,
            person + "/expressions",
            """
            from math import *
            from statistics import mean, median, stdev, variance
            print(%s)
            """
                .formatted(expression.python()),
            List.of(),
            limits);
    CompletableFuture<RunResult> running = sandbox.submit(script);
    try {
      return outcome(running.get());
    } catch (InterruptedException e) {
      sandbox.stop(script);
      throw e;
    } catch (ExecutionException e) {
      return new Outcome.None("it cannot be computed now");
    }
  }

  private static Outcome outcome(RunResult result) {
    return switch (result) {
      case RunResult.Completed(Produced produced, var _) -> {
        String text = produced.stdout().strip();
        yield text.isEmpty() || text.indexOf('\n') >= 0
            ? new Outcome.None("it has no value")
            : new Outcome.Value(text);
      }
      case RunResult.Failed(GuestError error, var _, var _) ->
          new Outcome.None(error.type() + ": " + error.message());
      case RunResult.TimeLimit _ -> new Outcome.None("it takes too long");
      case RunResult.MemoryLimit _ -> new Outcome.None("it takes too much memory");
      case RunResult.OutputLimit _ -> new Outcome.None("its value is too long");
      default -> new Outcome.None("it cannot be computed now");
    };
  }
}

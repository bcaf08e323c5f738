package dev.reckon.adapters.cli;

import dev.reckon.core.message.Language;
import dev.reckon.core.turn.AttemptFailure;
import dev.reckon.core.turn.CodePolicy;
import dev.reckon.core.turn.Screening;
import dev.reckon.sandbox.GuestError;
import dev.reckon.sandbox.Produced;
import dev.reckon.sandbox.RunResult;
import dev.reckon.sandbox.Sandbox;
import dev.reckon.sandbox.Script;
import dev.reckon.sandbox.Timing;
import java.util.concurrent.CompletableFuture;

/** Runs the scripts that the code policy allows; others get the result "blocked" and never run. */
record ScreenedScriptRunner(Sandbox sandbox, CodePolicy policy) implements ScriptRunner {
  @Override
  public CompletableFuture<RunResult> submit(Script script) {
    return sandbox
        .inspect(script.source())
        .thenCompose(
            seen -> {
              AttemptFailure failure = Screening.of(seen, policy, Language.ENGLISH).failure();
              return failure == null
                  ? sandbox.submit(script)
                  : CompletableFuture.completedFuture(refused(failure));
            });
  }

  private static RunResult refused(AttemptFailure failure) {
    GuestError error = new GuestError("Screened", failure.reason(), failure.line(), "");
    return new RunResult.Blocked("what the policy allows", error, Produced.NOTHING, Timing.NONE);
  }
}

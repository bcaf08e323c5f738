package dev.reckon.core.turn;

import java.time.Duration;
import java.util.List;

/**
 * What a turn has come to so far; every state but the last carries it.
 *
 * @param request what was asked
 * @param plan empty when one program answers
 * @param finished the attempts that ended a step, in the order of steps
 * @param attempts all of them, in order
 * @param missingFiles named by the request or opened by a program, and not there
 * @param usage of the model so far
 * @param spent time so far, without pauses between being saved and going on
 */
public record Work(
    TurnRequest request,
    List<PlanStep> plan,
    List<Attempt> finished,
    List<Attempt> attempts,
    List<String> missingFiles,
    Usage usage,
    Duration spent) {
  public Work {
    plan = List.copyOf(plan);
    finished = List.copyOf(finished);
    attempts = List.copyOf(attempts);
    missingFiles = List.copyOf(missingFiles);
  }
}

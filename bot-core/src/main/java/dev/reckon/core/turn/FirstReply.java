package dev.reckon.core.turn;

import java.util.List;

/** What a model's reply to a request is. All text is hostile. */
public sealed interface FirstReply {
  /** A program. */
  record Code(String source) implements FirstReply {}

  /** Steps that depend on one another; how many there may be, the machine says. */
  record Plan(List<PlanStep> steps) implements FirstReply {
    public Plan {
      steps = List.copyOf(steps);
    }
  }

  /** One question back. */
  record Ask(String question) implements FirstReply {}

  /**
   * Nothing to compute here.
   *
   * @param reason why
   * @param nearest the nearest task that can be done, or empty
   */
  record Decline(String reason, String nearest) implements FirstReply {}

  /** Thanks, a greeting, small talk: words that need no run. */
  record Say(String words) implements FirstReply {}

  /**
   * It was cut off at its ceiling, so what there is of it must not be run.
   *
   * @param tokens the ceiling
   */
  record CutOff(int tokens) implements FirstReply {}

  /** None of these, with the reason that the model gets to see. */
  record Unusable(String reason) implements FirstReply {}
}

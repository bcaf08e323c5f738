package dev.reckon.core.turn;

import java.util.List;

/**
 * What a check came to. The verdict is derived by our own code from what the judge wrote.
 *
 * @param verdict whether the output answers the request
 * @param reason in one sentence
 * @param requirements each with its evidence or mismatch
 * @param method what checked it
 */
public record Judgement(
    Verdict verdict, String reason, List<TurnResult.Requirement> requirements, Method method) {
  /** Whether an output answers its request. */
  public enum Verdict {
    ANSWERS,
    /** With a quoted mismatch: worth another attempt. */
    REJECTED,
    /** Malformed, unsupported or failed: not verified, and no attempt is spent on it. */
    UNSURE
  }

  /** What checked an output. */
  public enum Method {
    JUDGE,
    /** A judge that quoted nothing, so nothing of its verdict could be looked up. */
    PLAIN,
    /** Our own code found the same by itself. */
    RULE,
    /** A second program, written blind to the first. */
    TWICE
  }

  public Judgement {
    requirements = List.copyOf(requirements);
  }

  /** What a judge found. */
  public Judgement(Verdict verdict, String reason, List<TurnResult.Requirement> requirements) {
    this(verdict, reason, requirements, Method.JUDGE);
  }

  /** No verdict, with the reason. */
  public static Judgement unsure(String reason) {
    return new Judgement(Verdict.UNSURE, reason, List.of());
  }
}

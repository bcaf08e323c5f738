package dev.reckon.core.turn;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;

/**
 * What a check came to. The verdict is derived by our own code from what the judge wrote.
 *
 * @param verdict whether the output answers the request
 * @param reason in one sentence
 * @param requirements each with its evidence or mismatch
 * @param method what checked it
 * @param headline the answer in one sentence of the judge's, each part of it found in the output;
 *     empty without one
 */
public record Judgement(
    Verdict verdict,
    String reason,
    List<TurnResult.Requirement> requirements,
    Method method,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) String headline) {
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
    headline = Objects.requireNonNullElse(headline, ""); // null where it was stored without
  }

  /** Without a headline. */
  public Judgement(
      Verdict verdict, String reason, List<TurnResult.Requirement> requirements, Method method) {
    this(verdict, reason, requirements, method, "");
  }

  /** What a judge found. */
  public Judgement(Verdict verdict, String reason, List<TurnResult.Requirement> requirements) {
    this(verdict, reason, requirements, Method.JUDGE);
  }

  /** The same judgement with that headline. */
  public Judgement withHeadline(String sentence) {
    return new Judgement(verdict, reason, requirements, method, sentence);
  }

  /** No verdict, with the reason. */
  public static Judgement unsure(String reason) {
    return new Judgement(Verdict.UNSURE, reason, List.of());
  }
}

package dev.reckon.core.store;

import dev.reckon.core.policy.AdmissionRequest;
import dev.reckon.core.policy.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who ran what, when, on which code, with which outcome and cost. The end of a turn is entered by
 * the store itself, in the transaction that keeps its result; refusals are entered by whoever
 * refuses.
 */
public interface Audit {
  /**
   * One line.
   *
   * @param event {@code turn}, {@code refused} or {@code forgotten}
   * @param person an id, or a pseudonym once the person is forgotten
   * @param turn 0 for what never became one
   * @param kind what began it, in lower case
   * @param outcome the turn's status, or the reason of a refusal, in lower case
   * @param code that answered; empty when there was none, or when the person is forgotten
   * @param codeSha256 of the code, in hexadecimal, which stays; empty when there was none
   * @param costUsd null when a call's cost is unknown
   */
  record Entry(
      Instant at,
      String event,
      String person,
      String team,
      String conversation,
      long turn,
      String kind,
      String outcome,
      String code,
      String codeSha256,
      int attempts,
      long inputTokens,
      long outputTokens,
      @Nullable Double costUsd,
      Duration elapsed) {}

  /** Enters a refusal. */
  void refused(AdmissionRequest asking, Decision.Refused refused);

  /** Lines from that moment on, the newest first. */
  List<Entry> since(Instant from, int most);
}

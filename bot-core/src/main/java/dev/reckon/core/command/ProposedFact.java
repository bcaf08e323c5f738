package dev.reckon.core.command;

import dev.reckon.core.message.Truncation;
import dev.reckon.core.turn.TurnResult;
import dev.reckon.core.turn.TurnStatus;
import java.util.Optional;

/**
 * A fact that a model proposes to remember, in a comment of its program: {@code # remember: the
 * export leaves out December}. It counts only once a person confirms it. Hostile text.
 */
public final class ProposedFact {
  /** The kind of the offer that a person confirms. */
  public static final String OFFER = "fact";

  private static final String MARK = "# remember:";
  private static final int SHORTEST = 8;
  private static final int LONGEST = 300;

  private ProposedFact() {}

  /** What the answering program proposes, on one line; empty where the answer was not verified. */
  public static Optional<String> in(TurnResult result) {
    if (result.status() != TurnStatus.VERIFIED) {
      return Optional.empty();
    }
    return result
        .code()
        .lines()
        .filter(line -> line.startsWith(MARK))
        .map(line -> line.substring(MARK.length()).replaceAll("[\\p{Cntrl}\\s]+", " ").strip())
        .filter(fact -> fact.length() >= SHORTEST)
        .map(fact -> Truncation.cut(fact, LONGEST))
        .findFirst();
  }
}

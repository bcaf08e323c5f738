package dev.reckon.core.delivery;

import dev.reckon.core.message.Reply;
import dev.reckon.core.turn.TurnResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a delivery.
 *
 * @param reply for people
 * @param result the turn behind it, or null when it took none
 * @param notices sentences about what came with the message: files that were not read, or not as
 *     they came; part of the reply as well
 */
public record Answer(Reply reply, @Nullable TurnResult result, List<String> notices) {
  public Answer {
    notices = List.copyOf(notices);
  }

  /**
   * The turn's result.
   *
   * @throws IllegalStateException if there was no turn
   */
  public TurnResult turn() {
    if (result == null) {
      throw new IllegalStateException("no turn was taken");
    }
    return result;
  }
}

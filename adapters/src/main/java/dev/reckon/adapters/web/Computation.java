package dev.reckon.adapters.web;

import dev.reckon.core.command.AnswerReplies;
import dev.reckon.core.command.CodeDisplay;
import dev.reckon.core.message.Reply;
import dev.reckon.core.store.TurnRecord;
import dev.reckon.core.turn.TurnResult;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * A turn that is over, as its page shows it.
 *
 * @param base the address of its page, without a slash at the end
 */
record Computation(TurnRecord turn, TurnResult result, Reply reply, String base) {
  /**
   * The computation of a turn that the visitor may see.
   *
   * @throws RefusedRequest if the turn has not ended
   */
  static Computation of(TurnRecord turn, String base) {
    TurnResult result = turn.result();
    if (result == null) {
      throw RefusedRequest.notFound("This computation has not ended yet.");
    }
    return new Computation(
        turn, result, AnswerReplies.of(result, CodeDisplay.INLINE, List.of()), base);
  }

  /** The same, under the address for those who are signed in. */
  static Computation of(TurnRecord turn) {
    return of(turn, "/c/" + turn.id());
  }

  /** A part of a page that has an address of its own, below that of the page. */
  interface Part {
    /**
     * Answers.
     *
     * @param visitor empty for whoever has a shared link
     */
    void answer(Context context, Computation it, Optional<Visitor> visitor);

    /** A part that is the same for everybody. */
    static Part of(BiConsumer<Context, Computation> answer) {
      return (context, it, visitor) -> answer.accept(context, it);
    }
  }
}

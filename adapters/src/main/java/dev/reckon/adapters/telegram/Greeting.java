package dev.reckon.adapters.telegram;

import dev.reckon.core.message.Action;
import dev.reckon.core.message.Action.Verb;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Reply;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * The message shown to a person who presses Start, with examples as buttons. It needs neither store
 * nor turn: whoever misses it in a crash presses Start again.
 */
final class Greeting {
  /**
   * Suggestions of the core have positive ids; example n has the id -n. A phone shows some 36
   * characters of a button.
   */
  static final List<String> EXAMPLES =
      List.of(
          "Average and spread of 3, 5, 8 and 13",
          "Fridays the 13th from 2026 to 2030",
          "Repay 250,000 in 20 years at 3.2 %");

  private Greeting() {}

  /** Whether a delivery asks for it. */
  static boolean asked(Incoming incoming) {
    return incoming.content() instanceof Content.Text(String text, boolean command)
        && command
        && (text.equals("start") || text.startsWith("start "));
  }

  static Reply reply() {
    return new Reply(
        0,
        Reply.Kind.NOTICE,
        "Hello! I answer by computing, and I check the answer.",
        List.of(
            new Block.Text(
                "Ask in plain words, or send a CSV with your question as its caption. I write a"
                    + " small Python program, run it in a locked sandbox, check whether the output"
                    + " answers you, and send you all three."),
            new Block.Text(
                "In groups: /ask and your question, also in reply to somebody's file; or reply to"
                    + " my messages. /help shows the rest. Try one of these:")),
        LongStream.rangeClosed(1, EXAMPLES.size())
            .mapToObj(n -> new Action(Verb.SUGGESTION, -n))
            .toList());
  }

  /** The example that a button asks, if it is one. */
  static Optional<String> example(Action action) {
    long n = -action.turn();
    return action.verb() == Verb.SUGGESTION && n >= 1 && n <= EXAMPLES.size()
        ? Optional.of(EXAMPLES.get((int) n - 1))
        : Optional.empty();
  }
}

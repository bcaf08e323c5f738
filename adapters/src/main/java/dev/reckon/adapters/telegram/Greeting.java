package dev.reckon.adapters.telegram;

import dev.reckon.core.label.Label;
import dev.reckon.core.message.Action;
import dev.reckon.core.message.Action.Verb;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Language;
import dev.reckon.core.message.Reply;
import java.util.List;

/**
 * The message for somebody who presses Start: an example in three lines, and a button that asks it.
 * It needs neither store nor turn: whoever misses it in a crash presses Start again.
 */
final class Greeting {
  /** Suggestions of the core have positive ids. */
  private static final Action EXAMPLE = new Action(Verb.SUGGESTION, -1);

  private static final String EXAMPLES_ANSWER = "9";

  private Greeting() {}

  /** Whether a delivery asks for it. */
  static boolean asked(Incoming incoming) {
    return incoming.content() instanceof Content.Text(String text, boolean command)
        && command
        && (text.equals("start") || text.startsWith("start "));
  }

  /** The greeting, in the language of the person's client. */
  static Reply reply(Language language) {
    return new Reply(
        0,
        Reply.Kind.NOTICE,
        Label.GREETING_HEADLINE.in(language),
        List.of(
            new Block.Text(
                String.join(
                    "\n",
                    Label.GREETING_ASKED.in(language, example(language)),
                    Label.GREETING_ANSWERED.in(language, EXAMPLES_ANSWER),
                    Label.GREETING_CHECKED.in(language))),
            new Block.Footer(Label.GREETING_MORE.in(language))),
        List.of(EXAMPLE),
        language);
  }

  static boolean isExample(Action action) {
    return action.equals(EXAMPLE);
  }

  /** What the button asks. */
  static String example(Language language) {
    return Label.GREETING_EXAMPLE.in(language);
  }
}

package dev.reckon.core.command;

import dev.reckon.core.label.Label;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Reply;
import dev.reckon.core.store.TurnKind;
import dev.reckon.core.turn.AttachedFile;
import dev.reckon.core.turn.SavedRun;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The meaning of a delivery: a request to compute, or something to say. */
public sealed interface Interpretation {
  /** An answer that takes no turn. */
  record Say(Reply reply) implements Interpretation {}

  /** The same, for nobody else to see where the surface can do that. It may be lost. */
  record Whisper(Reply reply) implements Interpretation {}

  /** Nothing is to be said. */
  record Silence() implements Interpretation {}

  /**
   * A turn begins.
   *
   * @param text the request, or in words what the code is: how the record and people know it
   * @param prompt the request as the model is given it; the same as the text, mostly
   * @param code the program to run as it is, or null when the model writes it
   * @param files what the program finds, or null for the conversation's files
   * @param saved what is known of code that once worked, or null
   */
  record Compute(
      TurnKind kind,
      String text,
      String prompt,
      @Nullable String code,
      @Nullable List<AttachedFile> files,
      @Nullable SavedRun saved)
      implements Interpretation {
    /** A request in plain words. */
    public static Compute request(String text) {
      return new Compute(TurnKind.REQUEST, text, text, null, null, null);
    }

    /** A program. */
    static Compute program(TurnKind kind, String text, String code) {
      return new Compute(kind, text, text, code, null, null);
    }
  }

  /** A refusal, or a mistake in what was typed, in the language of the delivery. */
  static Interpretation refuse(Incoming incoming, Label sentence, Object... values) {
    return refuse(sentence.in(incoming.language(), values));
  }

  /** A notice of one line, in the language of the delivery. */
  static Interpretation notice(Incoming incoming, Label sentence, Object... values) {
    return notice(sentence.in(incoming.language(), values));
  }

  /** A word for one person only, in the language of the delivery. */
  static Interpretation whisper(Incoming incoming, Label sentence, Object... values) {
    return whisper(sentence.in(incoming.language(), values));
  }

  /** A refusal, or a mistake in what was typed. */
  static Interpretation refuse(String sentence) {
    return new Say(new Reply(0, Reply.Kind.REFUSED, sentence, List.of(), List.of()));
  }

  /** A notice of one or more lines. */
  static Interpretation notice(String headline, String... paragraphs) {
    return new Say(Reply.notice(headline, paragraphs));
  }

  /** A word for one person only. */
  static Interpretation whisper(String sentence) {
    return new Whisper(new Reply(0, Reply.Kind.REFUSED, sentence, List.of(), List.of()));
  }
}

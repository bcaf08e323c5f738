package dev.reckon.core.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;

/**
 * A reply to people: sealed blocks in reading order, independent of any platform.
 *
 * @param turn the turn it tells of, 0 for a notice that belongs to none
 * @param kind what it is
 * @param headline one line, first to be read, with the reason where there is one
 * @param blocks the rest, in order
 * @param actions buttons
 * @param language that of the request; what a surface says about the reply is in it
 */
public record Reply(
    long turn,
    Kind kind,
    String headline,
    List<Block> blocks,
    List<Action> actions,
    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = Language.Unsaid.class)
        Language language) {
  /** What a reply is; a surface picks a sign or colour by it. */
  public enum Kind {
    /** Progress of a running turn. */
    WORKING,
    VERIFIED,
    /** A judge said yes and quoted nothing. */
    PLAIN_YES,
    UNVERIFIED,
    /** Code ran that nobody judged: run, again, saved computations. */
    NOT_JUDGED,
    FAILED,
    ASKED,
    DECLINED,
    OVER_BUDGET,
    CANCELLED,
    MODEL_ERROR,
    /** Anything that is no answer: help, lists, confirmations. */
    NOTICE,
    /** A refusal or a mistake in what was typed. */
    REFUSED
  }

  public Reply {
    blocks = List.copyOf(blocks);
    actions = List.copyOf(actions);
    language = Objects.requireNonNullElse(language, Language.ENGLISH); // stored without it
  }

  /** A reply in English. */
  public Reply(long turn, Kind kind, String headline, List<Block> blocks, List<Action> actions) {
    this(turn, kind, headline, blocks, actions, Language.ENGLISH);
  }

  /** The same, said in that language. */
  public Reply in(Language spoken) {
    return new Reply(turn, kind, headline, blocks, actions, spoken);
  }

  /** A notice of one or more lines. */
  public static Reply notice(String headline, String... paragraphs) {
    return new Reply(
        0,
        Kind.NOTICE,
        headline,
        List.of(paragraphs).stream().<Block>map(Block.Text::new).toList(),
        List.of());
  }
}

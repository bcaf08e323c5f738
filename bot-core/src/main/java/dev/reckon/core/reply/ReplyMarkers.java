package dev.reckon.core.reply;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The marks that models and their servers leave in a reply: thinking tags, the special tokens of
 * chat formats (ChatML, Llama, Harmony, DeepSeek), and tags around a tool call.
 */
final class ReplyMarkers {
  private static final int LONGEST = 40;
  private static final Set<String> THINKING =
      Set.of("think", "thinking", "thought", "thoughts", "reasoning", "analysis", "reflection");
  private static final Set<String> STOPS =
      Set.of(
          "|im_end|",
          "|endoftext|",
          "|end_of_text|",
          "|eot_id|",
          "|eom_id|",
          "|end|",
          "|endofturn|",
          "|end_of_turn|",
          "|return|",
          "|end▁of▁sentence|",
          "/s",
          "end_of_turn",
          "eos",
          "/inst");
  private static final Set<String> STARTS =
      Set.of(
          "|im_start|",
          "|begin_of_text|",
          "|start_header_id|",
          "|end_header_id|",
          "|start|",
          "|assistant|",
          "|python_tag|",
          "|begin▁of▁sentence|",
          "s",
          "start_of_turn",
          "tool_call",
          "/tool_call",
          "inst",
          "tool_calls");

  /** Those that are written in square brackets; all others are in angle brackets. */
  private static final Set<String> SQUARE = Set.of("inst", "/inst", "tool_calls");

  private ReplyMarkers() {}

  /** What a mark does to the text around it. */
  enum Kind {
    OPENS_THINKING,
    CLOSES_THINKING,
    /** The reply is over. */
    STOP,
    /** Carries no text of its own. */
    START,
    /** Harmony: the name of the channel follows, and then the message. */
    CHANNEL,
    MESSAGE
  }

  /**
   * A mark at a place.
   *
   * @param name of a thinking tag, in lower case, else empty
   */
  record Mark(Kind kind, String name, int from, int to) {
    /** Whether nothing in Python looks like it outside strings. */
    boolean endsCode() {
      return kind != Kind.OPENS_THINKING;
    }
  }

  /** The mark that begins at a position, or null. */
  static @Nullable Mark at(CharSequence text, int from) {
    char first = text.charAt(from);
    char last = first == '<' ? '>' : first == '[' ? ']' : 0;
    if (last == 0) {
      return null;
    }
    int most = Math.min(text.length(), from + LONGEST);
    for (int to = from + 1; to < most; to++) {
      char c = text.charAt(to);
      if (c == last) {
        Mark mark = of(text.subSequence(from + 1, to).toString(), first, from, to + 1);
        return mark == null || stands(text, mark) ? mark : null;
      }
      if (c == '\n' || c == '<' || c == '[' || c == ' ') {
        return null;
      }
    }
    return null;
  }

  /** The marks that are markup of other kinds too count only at a reply's two ends. */
  private static boolean stands(CharSequence text, Mark mark) {
    String inner = text.subSequence(mark.from() + 1, mark.to() - 1).toString();
    return switch (inner) {
      case "s" -> mark.from() == 0;
      case "/s" -> text.length() - mark.to() <= LONGEST && isBlank(text, mark.to());
      default -> true;
    };
  }

  private static boolean isBlank(CharSequence text, int from) {
    for (int at = from; at < text.length(); at++) {
      if (!Character.isWhitespace(text.charAt(at))) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable Mark of(String inner, char first, int from, int to) {
    String name = inner.toLowerCase(Locale.ROOT).replace('｜', '|');
    if (SQUARE.contains(name) != (first == '[')) {
      return null;
    }
    if (THINKING.contains(name)) {
      return new Mark(Kind.OPENS_THINKING, name, from, to);
    }
    if (name.startsWith("/") && THINKING.contains(name.substring(1))) {
      return new Mark(Kind.CLOSES_THINKING, name.substring(1), from, to);
    }
    if (name.equals("|channel|")) {
      return new Mark(Kind.CHANNEL, "", from, to);
    }
    if (name.equals("|message|")) {
      return new Mark(Kind.MESSAGE, "", from, to);
    }
    if (STOPS.contains(name) || name.equals("|call|")) {
      return new Mark(Kind.STOP, "", from, to);
    }
    return STARTS.contains(name) || name.equals("|constrain|")
        ? new Mark(Kind.START, "", from, to)
        : null;
  }
}

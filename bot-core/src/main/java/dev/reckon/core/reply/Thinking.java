package dev.reckon.core.reply;

import java.util.List;
import java.util.Locale;

/** Takes a model's thinking out of its reply, so that drafts in it are not mistaken for code. */
final class Thinking {
  private static final List<String> TAGS =
      List.of("think", "thinking", "thought", "thoughts", "reasoning", "analysis", "reflection");

  /** Reasoning models write it; where it stays open, the reply was cut off while thinking. */
  private static final String CUT_OFF = "<think>";

  private Thinking() {}

  /**
   * The reply without thinking tags and what they hold. A {@code <think>} that is never closed
   * hides the rest; a tag that is never opened hides what comes before its end.
   */
  static String removed(String reply) {
    String text = reply;
    for (String tag : TAGS) {
      text = removed(text, "<" + tag + ">", "</" + tag + ">");
    }
    return text;
  }

  private static String removed(String reply, String open, String close) {
    String text = reply;
    while (true) {
      String lower = text.toLowerCase(Locale.ROOT);
      int to = lower.indexOf(close);
      int from = lower.indexOf(open);
      if (from >= 0 && insideFence(text, from)) {
        return text;
      }
      if (to >= 0 && (from < 0 || to < from)) {
        text = text.substring(to + close.length());
      } else if (from >= 0 && to >= 0) {
        text = text.substring(0, from) + "\n" + text.substring(to + close.length());
      } else if (from >= 0) {
        return open.equals(CUT_OFF)
            ? text.substring(0, from)
            : text.substring(0, from) + "\n" + text.substring(from + open.length());
      } else {
        return text;
      }
    }
  }

  private static boolean insideFence(String text, int at) {
    long fences =
        text.substring(0, at).lines().filter(line -> line.stripLeading().startsWith("```")).count();
    return fences % 2 == 1;
  }
}

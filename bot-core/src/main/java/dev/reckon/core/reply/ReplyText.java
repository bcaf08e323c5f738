package dev.reckon.core.reply;

import dev.reckon.core.reply.ReplyMarkers.Kind;
import dev.reckon.core.reply.ReplyMarkers.Mark;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a model says in the end: its reply without thinking, without the special tokens of chat
 * formats, and without what follows the token that ends it. Marks in the strings of a program are
 * text.
 */
final class ReplyText {
  /** Reasoning models write it; where it stays open, the reply was cut off while thinking. */
  private static final String CUT_OFF = "think";

  private static final String FINAL = "final";
  private static final String CALL = "to=";

  private ReplyText() {}

  /**
   * The text, with {@code \n} line ends. A {@code <think>} that is never closed hides the rest; a
   * tag that is never opened hides what comes before its end. Of Harmony's channels the last {@code
   * final} one counts, else the last call of a tool.
   */
  static String of(CharSequence reply) {
    CharSequence text = plainLineEnds(reply);
    List<Mark> marks = ReplyScanner.scan(text).marks();
    if (marks.isEmpty()) {
      return text.toString();
    }
    return marks.stream().anyMatch(mark -> mark.kind() == Kind.CHANNEL)
        ? channel(text, marks)
        : unmarked(text, marks);
  }

  private static CharSequence plainLineEnds(CharSequence reply) {
    StringBuilder text = new StringBuilder(reply.length());
    for (int at = 0; at < reply.length(); at++) {
      char c = reply.charAt(at);
      if (c == '\r') {
        boolean pair = at + 1 < reply.length() && reply.charAt(at + 1) == '\n';
        if (!pair) {
          text.append('\n');
        }
      } else if (c != '\ufeff') {
        text.append(c);
      }
    }
    return text;
  }

  private static String channel(CharSequence text, List<Mark> marks) {
    String said = "";
    String called = "";
    for (int i = 0; i + 1 < marks.size(); i++) {
      if (marks.get(i).kind() != Kind.CHANNEL) {
        continue;
      }
      int message = i + 1;
      while (message < marks.size() && marks.get(message).kind() == Kind.START) {
        message++; // <|constrain|> stands between a call's header and its message
      }
      if (message >= marks.size() || marks.get(message).kind() != Kind.MESSAGE) {
        continue;
      }
      String header = slice(text, marks.get(i).to(), marks.get(message).from());
      int end = message + 1 < marks.size() ? marks.get(message + 1).from() : text.length();
      String body = slice(text, marks.get(message).to(), end);
      if (header.strip().startsWith(FINAL)) {
        said = body;
      } else if (header.contains(CALL)) {
        called = body;
      }
    }
    return said.isBlank() ? called : said;
  }

  private static String unmarked(CharSequence text, List<Mark> marks) {
    int[] closing = closings(marks);
    StringBuilder out = new StringBuilder();
    int at = 0;
    for (int i = 0; i < marks.size(); i++) {
      Mark mark = marks.get(i);
      if (mark.from() < at) {
        continue; // inside what was taken out
      }
      out.append(text, at, mark.from());
      at = mark.to();
      switch (mark.kind()) {
        case CLOSES_THINKING -> out.setLength(0);
        case OPENS_THINKING -> {
          out.append('\n');
          if (closing[i] >= 0) {
            at = marks.get(closing[i]).to();
          } else if (mark.name().equals(CUT_OFF)) {
            return out.toString();
          }
        }
        case STOP -> {
          if (!out.toString().isBlank()) {
            return out.toString();
          }
          out.setLength(0);
        }
        case START -> at = afterRole(text, at);
        case CHANNEL, MESSAGE -> out.append('\n');
      }
    }
    return out.append(text, at, text.length()).toString();
  }

  /** For each opening tag the next closing one of its name, or -1. */
  private static int[] closings(List<Mark> marks) {
    int[] closings = new int[marks.size()];
    Arrays.fill(closings, -1);
    Map<String, Integer> next = new HashMap<>();
    for (int i = marks.size() - 1; i >= 0; i--) {
      Mark mark = marks.get(i);
      if (mark.kind() == Kind.CLOSES_THINKING) {
        next.put(mark.name(), i);
      } else if (mark.kind() == Kind.OPENS_THINKING) {
        closings[i] = next.getOrDefault(mark.name(), -1);
      }
    }
    return closings;
  }

  /** A role such as {@code assistant} follows the token that begins a message. */
  private static int afterRole(CharSequence text, int from) {
    for (String role : List.of("assistant", "model")) {
      int to = from + role.length();
      if (to <= text.length() && slice(text, from, to).equals(role)) {
        return to;
      }
    }
    return from;
  }

  private static String slice(CharSequence text, int from, int to) {
    return text.subSequence(from, to).toString();
  }
}

package dev.reckon.core.surface.render;

import dev.reckon.core.message.Block;
import dev.reckon.core.message.Reply;
import java.util.Optional;

/** Finds the line of a reply's output that can stand above the rest as the answer. */
final class AnswerLines {
  private static final int LONGEST_ANSWER = 120;
  private static final int LONGEST_LABEL = 60;

  /** How far down the answer is looked for. */
  private static final int FIRST_LINES = 3;

  private final Reply reply;

  AnswerLines(Reply reply) {
    this.reply = reply;
  }

  /**
   * An answer among other lines.
   *
   * @param rest the output that is shown below it: without the line only if that came first, so
   *     that it is not said twice
   */
  record Found(String line, String rest) {}

  /** Whether an output is the reply's only result and has a single line that can be the answer. */
  boolean isWhole(String visible) {
    boolean only = reply.blocks().stream().filter(AnswerLines::isResult).count() == 1;
    return only && visible.indexOf('\n') < 0 && mayBeAnswer(visible);
  }

  /**
   * Whether a line of output may stand as the answer: it begins as a result does, and not with a
   * sign that could be taken for a status of Reckon's, and no sentence says the answer already.
   */
  private boolean mayBeAnswer(String line) {
    char first = line.charAt(0);
    return ReplyLayout.isAnswer(reply.kind())
        && reply.blocks().stream().noneMatch(Block.Finding.class::isInstance)
        && line.length() <= LONGEST_ANSWER
        && (Character.isLetterOrDigit(first) || "-+−$€£¥(['\"".indexOf(first) >= 0);
  }

  /** The first labelled line near the beginning of the reply's first output. */
  Optional<Found> in(Block.Output output, String visible) {
    boolean first =
        reply.blocks().stream()
            .filter(AnswerLines::isResult)
            .findFirst()
            .filter(output::equals)
            .isPresent();
    int from = 0;
    for (int i = 0; first && i < FIRST_LINES && from < visible.length(); i++) {
      int end = visible.indexOf('\n', from);
      String line = visible.substring(from, end < 0 ? visible.length() : end).strip();
      if (isLabelled(line) && mayBeAnswer(line)) {
        String rest = from == 0 && end > 0 ? trimmed(visible.substring(end)) : visible;
        return Optional.of(new Found(line, rest));
      }
      from = end < 0 ? visible.length() : end + 1;
    }
    return Optional.empty();
  }

  private static boolean isLabelled(String line) {
    int colon = line.indexOf(": ");
    return colon > 0
        && colon <= LONGEST_LABEL
        && line.substring(0, colon).chars().anyMatch(Character::isLetter);
  }

  /** Whether a block shows what a program has computed. */
  static boolean isResult(Block block) {
    return block instanceof Block.Output || block instanceof Block.Table;
  }

  /** Visible text without blank lines at its ends; the first line's indentation stays. */
  static String trimmed(String text) {
    String visible = Sanitizer.visible(text).stripTrailing();
    int start = 0;
    for (int i = 0; i < visible.length() && Character.isWhitespace(visible.charAt(i)); i++) {
      if (visible.charAt(i) == '\n') {
        start = i + 1;
      }
    }
    return visible.substring(start);
  }
}

package dev.reckon.core.reply;

import dev.reckon.core.reply.ReplyMarkers.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds code blocks and marks in a reply, the way CommonMark finds blocks and a little beyond it,
 * as models write them: a fence may begin after words on its line, end on the last line of the
 * code, or never end. Inside a block the scanner knows Python's strings and comments, so fences and
 * marks in them are text.
 *
 * <p>One pass; a block whose strings never end is read once more without regard to them, which
 * happens at most {@value #MOST_SECOND_LOOKS} times in a reply.
 */
final class ReplyScanner {
  private static final int SHORTEST = 3;
  private static final int MOST_SECOND_LOOKS = 8;

  private final CharSequence text;
  private final List<Block> blocks = new ArrayList<>();
  private final List<Mark> marks = new ArrayList<>();
  private int secondLooks;

  private ReplyScanner(CharSequence text) {
    this.text = text;
  }

  /**
   * One block.
   *
   * @param language the first word after the fence in lower case, or empty
   * @param body without the fences, and without the indent that the opening fence had
   * @param closed whether its end was found
   * @param from where its opening fence begins
   * @param to where what follows it begins
   */
  record Block(String language, String body, boolean closed, int from, int to) {}

  /** What a reply is made of, in order. */
  record Found(List<Block> blocks, List<Mark> marks) {}

  private record Opening(char mark, int length, int indent, String language, int from) {}

  /** The end of a block: where its body ends, and where the text after it begins. */
  private record End(int body, int next, boolean closed) {}

  static Found scan(CharSequence text) {
    ReplyScanner scanner = new ReplyScanner(text);
    scanner.prose(0);
    return new Found(scanner.blocks, scanner.marks);
  }

  /** Reads from a line's beginning, or from after a block's end in a line. */
  private void prose(int start) {
    int at = start;
    while (at < text.length()) {
      int end = lineEnd(at);
      Opening open = opening(at, end);
      marksOfProse(at, open == null ? end : open.from());
      if (open == null) {
        at = end + 1;
      } else {
        int body = Math.min(end + 1, text.length());
        End found = end(open, body);
        blocks.add(
            new Block(
                open.language(),
                body(open, body, found.body()),
                found.closed(),
                open.from(),
                found.next()));
        at = found.next();
      }
    }
  }

  private int lineEnd(int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) != '\n') {
      at++;
    }
    return at;
  }

  /** Marks of a line outside blocks; in a string of a line of code they are text. */
  private void marksOfProse(int from, int to) {
    PythonScanner python = new PythonScanner();
    List<Mark> all = new ArrayList<>();
    List<Mark> unquoted = new ArrayList<>();
    int at = from;
    while (at < to) {
      char c = text.charAt(at);
      Mark mark = c == '<' || c == '[' ? ReplyMarkers.at(text, at) : null;
      if (mark == null || mark.to() > to) {
        at = python.step(text, at);
      } else {
        all.add(mark);
        if (!python.inString()) {
          unquoted.add(mark);
        }
        at = mark.to();
      }
    }
    boolean code =
        unquoted.size() < all.size()
            && !python.inString()
            && PythonText.isStatement(text.subSequence(from, to).toString());
    marks.addAll(code ? unquoted : all);
  }

  private @Nullable Opening opening(int from, int to) {
    int at = firstRun(from, to, '`');
    char mark = '`';
    int indent = indent(from, to);
    if (at < 0) {
      at = runLength(from + indent, to, '~') >= SHORTEST ? from + indent : -1;
      mark = '~';
    }
    if (at < 0) {
      return null;
    }
    int length = runLength(at, to, mark);
    String info = text.subSequence(at + length, to).toString().strip();
    boolean first = at == from + indent;
    if (info.indexOf('`') >= 0 || (!first && info.isEmpty())) {
      return null; // an inline span, or the end of a block that was never opened
    }
    return new Opening(mark, length, first ? indent : 0, language(info), at);
  }

  private int indent(int from, int to) {
    int at = from;
    while (at < to && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at - from;
  }

  private int firstRun(int from, int to, char mark) {
    int length = 0;
    for (int at = from; at < to; at++) {
      length = text.charAt(at) == mark ? length + 1 : 0;
      if (length == SHORTEST) {
        return at - SHORTEST + 1;
      }
    }
    return -1;
  }

  private int runLength(int from, int to, char mark) {
    int at = from;
    while (at < to && text.charAt(at) == mark) {
      at++;
    }
    return at - from;
  }

  static String language(String info) {
    int space = 0;
    while (space < info.length() && !Character.isWhitespace(info.charAt(space))) {
      space++;
    }
    String word = info.substring(0, space).toLowerCase(Locale.ROOT);
    int from = word.startsWith("{.") ? 2 : word.startsWith("{") ? 1 : 0;
    int to = from;
    while (to < word.length() && "},:;(".indexOf(word.charAt(to)) < 0) {
      to++;
    }
    return word.substring(from, to);
  }

  private End end(Opening open, int body) {
    int found = marks.size();
    End end = endOutsideStrings(open, body);
    if (end != null) {
      return end;
    }
    marks.subList(found, marks.size()).clear();
    return plainEnd(open, body);
  }

  /** The end by Python's rules, or null when a string is still open where the reply ends. */
  private @Nullable End endOutsideStrings(Opening open, int body) {
    if (secondLooks >= MOST_SECOND_LOOKS) {
      return null;
    }
    PythonScanner python = new PythonScanner();
    int at = body;
    while (at < text.length()) {
      int line = at;
      int to = lineEnd(line);
      if (python.inCode()) {
        End end = endAtLine(open, line, to, true);
        if (end != null) {
          return end;
        }
      }
      while (at <= to && at < text.length()) {
        End end = python.inCode() ? endInLine(open, at, to) : null;
        if (end != null) {
          return end;
        }
        if (python.inComment() && at == to) {
          End closing = trailingFence(open, line, to);
          if (closing != null) {
            return closing;
          }
        }
        at = python.step(text, at);
      }
    }
    if (python.inTripleString()) {
      secondLooks++;
      return null;
    }
    return new End(text.length(), text.length(), false);
  }

  /** A closing fence, a new opening, or a mark that begins the line. */
  private @Nullable End endAtLine(Opening open, int from, int to, boolean anyLanguage) {
    int first = from + indent(from, to);
    int run = runLength(first, to, open.mark());
    if (run >= open.length()) {
      String info = text.subSequence(first + run, to).toString().strip();
      if (info.isEmpty()) {
        return new End(from, Math.min(to + 1, text.length()), true);
      }
      if (reopens(info, run == open.length(), anyLanguage && open.mark() == '`')) {
        return new End(from, from, !PythonText.LANGUAGES.contains(language(info)));
      }
    }
    if (first < to && text.charAt(first) == '<') {
      Mark mark = ReplyMarkers.at(text, first);
      if (mark != null && (mark.endsCode() || !isMarkup(open.language()))) {
        return new End(from, first, false);
      }
    }
    return null;
  }

  /** Languages whose own tags look like those of models. */
  private static boolean isMarkup(String language) {
    return !language.isEmpty() && !PythonText.LANGUAGES.contains(language);
  }

  private static boolean reopens(String info, boolean sameLength, boolean anyLanguage) {
    String language = language(info);
    return sameLength
        && (PythonText.LANGUAGES.contains(language)
            || (anyLanguage && info.equals(language) && isName(language)));
  }

  private static boolean isName(String language) {
    return !language.isEmpty()
        && language.chars().allMatch(c -> Character.isLetterOrDigit(c) || "+#._-".indexOf(c) >= 0);
  }

  /** What ends a block in the middle of a line: neither is ever Python. */
  private @Nullable End endInLine(Opening open, int at, int to) {
    char c = text.charAt(at);
    if (c == '`' && open.mark() == '`' && text.charAt(at - 1) != '`') {
      int run = runLength(at, to, '`');
      return run >= open.length() ? new End(at, after(at + run, to), true) : null;
    }
    if (c == '<' && at + 1 < to && "/|｜".indexOf(text.charAt(at + 1)) >= 0) {
      Mark mark = ReplyMarkers.at(text, at);
      return mark == null || !mark.endsCode() ? null : new End(at, at, false);
    }
    return null;
  }

  /** After a closing fence, the next line when nothing else is on this one. */
  private int after(int at, int to) {
    return indent(at, to) == to - at ? Math.min(to + 1, text.length()) : at;
  }

  /** The end without regard to strings. */
  private End plainEnd(Opening open, int body) {
    int at = body;
    while (at < text.length()) {
      int to = lineEnd(at);
      End end = endAtLine(open, at, to, false);
      if (end == null) {
        end = trailingFence(open, at, to);
      }
      if (end != null) {
        return end;
      }
      at = to + 1;
    }
    return new End(text.length(), text.length(), false);
  }

  /** A fence at the end of a line of code; runs before it on the line are in pairs, in strings. */
  private @Nullable End trailingFence(Opening open, int from, int to) {
    int end = to;
    while (end > from && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    int begin = end;
    while (begin > from && text.charAt(begin - 1) == open.mark()) {
      begin--;
    }
    if (end - begin < open.length()) {
      return null;
    }
    int runs = 0;
    for (int at = from; at < end; at++) {
      int run = runLength(at, end, open.mark());
      runs += run >= open.length() ? 1 : 0;
      at += run;
    }
    return runs % 2 == 1 ? new End(begin, Math.min(to + 1, text.length()), true) : null;
  }

  private String body(Opening open, int from, int to) {
    StringBuilder body = new StringBuilder();
    int at = from;
    while (at < to) {
      int end = Math.min(lineEnd(at), to);
      int line = at;
      while (line - at < open.indent() && line < end && text.charAt(line) == ' ') {
        line++;
      }
      body.append(text, line, end).append('\n');
      at = end + 1;
    }
    return body.toString();
  }
}

package dev.reckon.core.reply;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds code blocks the way CommonMark does, and a little beyond it, as models write them: a fence
 * may begin after words on its line, end on the last line of the code, or never end.
 */
final class Fences {
  private static final int SHORTEST = 3;
  private static final List<String> TAGS =
      List.of("solution", "code", "execute", "python", "tool_code", "script");

  private Fences() {}

  /**
   * One block.
   *
   * @param language the first word after the fence in lower case, or empty
   * @param body without the fences, and without the indent that the opening fence had
   * @param closed whether its end was found
   */
  record Block(String language, String body, boolean closed) {}

  private record Opening(char mark, int length, int indent, String language, int line) {}

  /** The blocks in order. Where there are no fences, code tags count as such. */
  static List<Block> in(String text) {
    List<Block> blocks = fenced(text.lines().toList());
    return blocks.isEmpty() ? tagged(text) : blocks;
  }

  private static List<Block> fenced(List<String> lines) {
    List<Block> blocks = new ArrayList<>();
    List<String> body = new ArrayList<>();
    Opening open = null;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (open == null) {
        open = opening(line, i).orElse(null);
        body.clear();
      } else if (isClose(line, open)) {
        blocks.add(block(open, body, true));
        open = null;
      } else if (endsWithClose(line, open)) {
        body.add(withoutTrailing(line, open.mark()));
        blocks.add(block(open, body, true));
        open = null;
      } else if (reopens(line, open)) {
        blocks.add(block(open, body, false));
        open = opening(line, i).orElse(null);
        body.clear();
      } else {
        body.add(line);
      }
    }
    if (open != null) {
      blocks.add(block(open, body, false));
    }
    return blocks;
  }

  private static Optional<Opening> opening(String line, int number) {
    int at = firstRun(line, '`');
    char mark = '`';
    if (at < 0) {
      at = line.stripLeading().startsWith("~~~") ? line.indexOf('~') : -1;
      mark = '~';
    }
    if (at < 0) {
      return Optional.empty();
    }
    int length = runLength(line, at);
    String info = line.substring(at + length).strip();
    if (info.indexOf('`') >= 0 || (at > 0 && !line.substring(0, at).isBlank() && info.isEmpty())) {
      return Optional.empty(); // an inline span, or the end of a block that was never opened
    }
    int indent = line.substring(0, at).isBlank() ? at : 0;
    return Optional.of(new Opening(mark, length, indent, language(info), number));
  }

  private static int firstRun(String line, char mark) {
    return line.indexOf(String.valueOf(mark).repeat(SHORTEST));
  }

  private static int runLength(String line, int at) {
    int end = at;
    while (end < line.length() && line.charAt(end) == line.charAt(at)) {
      end++;
    }
    return end - at;
  }

  private static String language(String info) {
    String word = info.split("\\s", 2)[0].toLowerCase(Locale.ROOT);
    int from = word.startsWith("{") ? 1 : 0;
    if (from == 1 && word.startsWith("{.")) {
      from = 2;
    }
    int to = from;
    while (to < word.length() && "},:;(".indexOf(word.charAt(to)) < 0) {
      to++;
    }
    return word.substring(from, to);
  }

  private static boolean isClose(String line, Opening open) {
    String text = line.strip();
    return text.length() >= open.length()
        && text.charAt(0) == open.mark()
        && runLength(text, 0) == text.length();
  }

  /** A fence at the end of a line of code; runs before it on the line are in pairs, in strings. */
  private static boolean endsWithClose(String line, Opening open) {
    String fence = String.valueOf(open.mark()).repeat(open.length());
    if (!line.stripTrailing().endsWith(fence)) {
      return false;
    }
    int runs = 0;
    for (int at = line.indexOf(fence); at >= 0; at = line.indexOf(fence, at)) {
      runs++;
      at += runLength(line, at);
    }
    return runs % 2 == 1;
  }

  private static String withoutTrailing(String line, char mark) {
    int end = line.stripTrailing().length();
    while (end > 0 && line.charAt(end - 1) == mark) {
      end--;
    }
    return line.substring(0, end);
  }

  /** A new fence with a language, where the one before was never closed. */
  private static boolean reopens(String line, Opening open) {
    String text = line.stripLeading();
    if (text.isEmpty() || text.charAt(0) != open.mark() || runLength(text, 0) != open.length()) {
      return false;
    }
    return PythonText.LANGUAGES.contains(language(text.substring(open.length()).strip()));
  }

  private static Block block(Opening open, List<String> lines, boolean closed) {
    StringBuilder body = new StringBuilder();
    for (String line : lines) {
      int indent = 0;
      while (indent < open.indent() && indent < line.length() && line.charAt(indent) == ' ') {
        indent++;
      }
      body.append(line, indent, line.length()).append('\n');
    }
    return new Block(open.language(), body.toString(), closed);
  }

  private static List<Block> tagged(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    for (String tag : TAGS) {
      Block block = tagged(text, lower, tag);
      if (block != null) {
        return List.of(block);
      }
    }
    return List.of();
  }

  private static @Nullable Block tagged(String text, String lower, String tag) {
    int open = lower.lastIndexOf("<" + tag + ">");
    if (open < 0) {
      return null;
    }
    int from = open + tag.length() + 2;
    int to = lower.indexOf("</" + tag + ">", from);
    String body = text.substring(from, to < 0 ? text.length() : to);
    return new Block("", body.startsWith("\n") ? body.substring(1) : body, to >= 0);
  }
}

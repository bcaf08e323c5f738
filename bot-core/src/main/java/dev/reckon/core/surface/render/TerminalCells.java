package dev.reckon.core.surface.render;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Measures text in the cells of a fixed-width font: East Asian letters and emoji take two,
 * combining marks and joiners none. By the character properties of the running JDK, which is how
 * terminals and chat clients lay text out, apart from letters that a client draws in its own way.
 */
public final class TerminalCells {
  private static final int VARIATION_EMOJI = 0xFE0F;

  private static final Pattern ITEM = Pattern.compile("(\\d{1,3}\\.|[-•]) ");

  private TerminalCells() {}

  /** How many cells the text takes on one line. */
  public static int width(String text) {
    int width = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      width += width(c);
    }
    return width;
  }

  /** The beginning of the text that takes at most that many cells. */
  public static String fitting(String text, int cells) {
    int width = 0;
    int i = 0;
    while (i < text.length()) {
      int c = text.codePointAt(i);
      width += width(c);
      if (width > cells) {
        break;
      }
      i += Character.charCount(c);
    }
    return text.substring(0, i);
  }

  /** The text in that many cells at most; what is cut ends in an ellipsis. */
  public static String cut(String text, int cells) {
    return width(text) <= cells ? text : fitting(text, Math.max(0, cells - 1)) + "…";
  }

  /**
   * The text's lines, none of more cells than that unless a single word is. Lines that continue
   * below a number or a dash of a list are indented as its text is.
   */
  public static List<String> wrapped(String text, int cells) {
    List<String> lines = new ArrayList<>();
    for (String paragraph : text.split("\n", -1)) {
      Matcher item = ITEM.matcher(paragraph);
      String margin = item.lookingAt() ? " ".repeat(item.end()) : "";
      StringBuilder line = new StringBuilder();
      int used = 0;
      for (String word : paragraph.split(" ", -1)) {
        int width = width(word);
        if (!line.isEmpty() && used + 1 + width > cells) {
          lines.add(line.toString());
          line.setLength(0);
          line.append(margin).append(word);
          used = margin.length() + width;
        } else {
          used += width + (line.isEmpty() ? 0 : 1);
          line.append(line.isEmpty() ? "" : " ").append(word);
        }
      }
      lines.add(line.toString());
    }
    return lines;
  }

  private static int width(int c) {
    if (c < 0x300) {
      return 1;
    }
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
      default -> c == VARIATION_EMOJI ? 0 : isWide(c) ? 2 : 1;
    };
  }

  private static boolean isWide(int c) {
    if (Character.isEmojiPresentation(c)
        || (c >= 0x3000 && c <= 0x303E)
        || (c >= 0xFF01 && c <= 0xFF60)
        || (c >= 0xFFE0 && c <= 0xFFE6)) {
      return true;
    }
    return switch (Character.UnicodeScript.of(c)) {
      case HAN, HIRAGANA, KATAKANA, HANGUL, BOPOMOFO, YI -> c < 0xFF61 || c > 0xFFDC;
      default -> false;
    };
  }
}

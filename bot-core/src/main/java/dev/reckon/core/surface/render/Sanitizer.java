package dev.reckon.core.surface.render;

import dev.reckon.core.message.Truncation;
import java.util.Map;
import java.util.Set;

/**
 * Makes text from models, programs, people and file names harmless for one kind of place. What a
 * person would read stays; what acts on the reader's screen, hides what the text says or addresses
 * other people does not. Takes time linear in the text, whatever the text is.
 *
 * @param broken what the place would recognise in plain text; an invisible character breaks it
 * @param replaced characters with a meaning for the place, and what stands in for them
 */
public record Sanitizer(Set<Recognised> broken, Map<Character, String> replaced) {
  /** Breaks what a platform recognises, and is not seen. */
  public static final char WORD_JOINER = '\u2060';

  /**
   * For places that show text as it is, such as code boxes: only what no screen should obey goes.
   */
  public static final Sanitizer VERBATIM = new Sanitizer(Set.of(), Map.of());

  private static final char ESCAPE = '\u001b';
  private static final char BELL = '\u0007';
  private static final char CONTROL_SEQUENCE = '\u009b';
  private static final char REPLACEMENT = '\ufffd';
  private static final String RESERVED_IN_NAMES = "/\\\n\t\"";

  /** What platforms turn into something that can be pressed or that notifies people. */
  public enum Recognised {
    /** {@code @name}, also inside a word. */
    MENTION,
    /** {@code #tag}. */
    HASHTAG,
    /** {@code $TAG}. */
    CASHTAG,
    /** {@code name@}, the beginning of an address for mail. */
    MAIL,
    /** {@code scheme://}. */
    ADDRESS,
    /** {@code report.py}: file names end in what are top-level domains, too. */
    DOMAIN,
    /** {@code /command}, but for {@code /help}, which only explains. */
    COMMAND,
    /** {@code +49 30 ...} and {@code 555-1234}: a telephone number. */
    PHONE
  }

  public Sanitizer {
    broken = Set.copyOf(broken);
    replaced = Map.copyOf(replaced);
  }

  /** Text of one or more lines. */
  public String text(String hostile) {
    String visible = visible(hostile);
    return broken.isEmpty() && replaced.isEmpty() ? visible : inert(visible);
  }

  /** The same on one line, in at most that many UTF-16 units; what is cut ends in an ellipsis. */
  public String line(String hostile, int most) {
    return text(Truncation.cut(oneLine(hostile), most));
  }

  /** Visible text with each run of white space as one space. */
  public static String oneLine(String hostile) {
    String visible = visible(hostile);
    StringBuilder line = new StringBuilder(visible.length());
    boolean gap = false;
    for (int i = 0; i < visible.length(); i++) {
      char c = visible.charAt(i);
      if (Character.isWhitespace(c)) {
        gap = !line.isEmpty();
        continue;
      }
      if (gap) {
        line.append(' ');
        gap = false;
      }
      line.append(c);
    }
    return line.toString();
  }

  /**
   * A name that platforms and file systems take: without separators, at most that many UTF-16
   * units, cut at its beginning so that its ending stays.
   */
  public static String fileName(String hostile, int most) {
    StringBuilder name = new StringBuilder();
    String visible = visible(hostile).strip();
    for (int i = 0; i < visible.length(); i++) {
      char c = visible.charAt(i);
      name.append(RESERVED_IN_NAMES.indexOf(c) >= 0 ? '_' : c);
    }
    int from = Math.max(0, name.length() - most);
    if (from > 0 && from < name.length() && Character.isLowSurrogate(name.charAt(from))) {
      from++;
    }
    return name.isEmpty() ? "file" : name.substring(from);
  }

  /**
   * Terminal escape sequences are removed, as are characters that turn the reading order around or
   * are never seen; other control characters and halves of characters become U+FFFD; all line ends
   * are line feeds.
   */
  public static String visible(String hostile) {
    StringBuilder kept = new StringBuilder(hostile.length());
    for (int i = 0; i < hostile.length(); ) {
      int c = hostile.codePointAt(i);
      if (c == ESCAPE || c == CONTROL_SEQUENCE) {
        i = afterSequence(hostile, i);
        continue;
      }
      i += Character.charCount(c);
      if (c == '\r') {
        if (i == hostile.length() || hostile.charAt(i) != '\n') {
          kept.append('\n');
        }
      } else if (c == '\u2028' || c == '\u2029') {
        kept.append('\n');
      } else if (isUnreadable(c)) {
        kept.append(REPLACEMENT);
      } else if (!isUnseen(c)) {
        kept.appendCodePoint(c);
      }
    }
    return kept.toString();
  }

  /** Where the text continues after an escape sequence. One that does not end hides nothing. */
  private static int afterSequence(String text, int start) {
    int i = start + 1;
    char kind =
        text.charAt(start) == CONTROL_SEQUENCE ? '[' : i < text.length() ? text.charAt(i++) : 0;
    if (kind == '[') {
      while (i < text.length() && text.charAt(i) >= ' ' && text.charAt(i) <= '?') {
        i++;
      }
      boolean ends = i < text.length() && text.charAt(i) >= '@' && text.charAt(i) <= '~';
      return ends ? i + 1 : i;
    }
    if (kind == ']' || kind == 'P' || kind == '_' || kind == '^' || kind == 'X') {
      int end = i;
      while (end < text.length() && text.charAt(end) >= ' ') {
        end++;
      }
      if (end < text.length() && text.charAt(end) == BELL) {
        return end + 1;
      }
      if (end + 1 < text.length() && text.charAt(end) == ESCAPE && text.charAt(end + 1) == '\\') {
        return end + 2;
      }
      return i;
    }
    // Two characters, unless the second is one that text is made of.
    return kind >= '@' && kind <= '_' ? i : start + 1;
  }

  private static boolean isUnreadable(int c) {
    boolean control = Character.isISOControl(c) && c != '\n' && c != '\t';
    return control || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  private static boolean isUnseen(int c) {
    return (c >= 0x202A && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069)
        || c == 0x200E
        || c == 0x200F
        || c == 0x061C
        || c == 0xFEFF
        || (c & 0xFFFE) == 0xFFFE
        || (c >= 0xE0000 && c <= 0xE007F);
  }

  private String inert(String visible) {
    StringBuilder inert = new StringBuilder(visible.length() + 16);
    for (int i = 0; i < visible.length(); i++) {
      char c = visible.charAt(i);
      if (mustBreak(visible, i)) {
        inert.append(WORD_JOINER);
      }
      String other = replaced.get(c);
      if (other == null) {
        inert.append(c);
      } else {
        inert.append(other);
      }
    }
    return inert.toString();
  }

  /** Whether something would be recognised that reaches over the place before that character. */
  private boolean mustBreak(String text, int i) {
    if (i == 0) {
      return false;
    }
    char before = text.charAt(i - 1);
    char c = text.charAt(i);
    return switch (before) {
      case '@' -> broken.contains(Recognised.MENTION) && isWord(c);
      case '#' -> broken.contains(Recognised.HASHTAG) && isWord(c);
      case '$' -> broken.contains(Recognised.CASHTAG) && c >= 'A' && c <= 'Z';
      case ':' -> broken.contains(Recognised.ADDRESS) && text.startsWith("//", i);
      case '/' -> broken.contains(Recognised.COMMAND) && isCommand(text, i);
      case '+' -> broken.contains(Recognised.PHONE) && isDigit(c);
      default ->
          (c == '-' && broken.contains(Recognised.PHONE) && isInPhone(text, i))
              || (c == '.'
                  && broken.contains(Recognised.DOMAIN)
                  && (isWord(before) || before == '-')
                  && i + 1 < text.length()
                  && Character.isLetter(text.charAt(i + 1)))
              || (c == '@' && broken.contains(Recognised.MAIL) && isWord(before));
    };
  }

  /** Whether a command's name begins there, after its slash. */
  private static boolean isCommand(String text, int i) {
    boolean inWord = i > 1 && (isWord(text.charAt(i - 2)) || text.charAt(i - 2) == '/');
    boolean help =
        text.startsWith("help", i) && (i + 4 == text.length() || !isWord(text.charAt(i + 4)));
    return isWord(text.charAt(i)) && !inWord && !help;
  }

  /** Whether a hyphen has three digits before and after it, which no date has. */
  private static boolean isInPhone(String text, int hyphen) {
    if (hyphen < 3 || hyphen + 3 >= text.length()) {
      return false;
    }
    for (int distance = 1; distance <= 3; distance++) {
      if (!isDigit(text.charAt(hyphen - distance)) || !isDigit(text.charAt(hyphen + distance))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || Character.isSurrogate(c);
  }
}

package dev.reckon.adapters.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Python source in colours. Good for reading; where it is unsure it leaves text as it is. */
final class Highlighter {
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<comment>#[^\n"
              + "]*)|(?<string>(?i:[rbuft]{0,2})(?:\"\"\"[\\s\\S]*?(?:\"\"\"|$)|'''[\\s\\S]*?(?:'''|$)|\"(?:\\\\.|[^\"\\\\\n"
              + "])*\"?|'(?:\\\\.|[^'\\\\\n"
              + "])*'?))"
              + "|(?<keyword>\\b(?:and|as|assert|async|await|break|case|class|continue|def|del|elif|else"
              + "|except|finally|for|from|global|if|import|in|is|lambda|match|nonlocal|not|or|pass|raise"
              + "|return|try|while|with|yield|True|False|None)\\b)"
              + "|(?<number>\\b\\d[\\d_]*(?:\\.[\\d_]+)?(?:[eE][+-]?\\d+)?\\b)");

  private Highlighter() {}

  /** The source with colours, line by line so that each can stand behind a margin. */
  static String painted(String source, TextStyle style) {
    if (!style.colour()) {
      return source;
    }
    Matcher token = TOKEN.matcher(source);
    StringBuilder painted = new StringBuilder();
    while (token.find()) {
      token.appendReplacement(painted, "");
      painted.append(inColour(token, style));
    }
    token.appendTail(painted);
    return painted.toString();
  }

  private static String inColour(Matcher token, TextStyle style) {
    String text = token.group();
    if (token.group("comment") != null) {
      return style.dim(text);
    }
    if (token.group("string") != null) {
      StringBuilder lines = new StringBuilder();
      for (String line : text.split("(?<=\n)", -1)) {
        boolean ends = line.endsWith("\n");
        lines.append(style.green(ends ? line.substring(0, line.length() - 1) : line));
        lines.append(ends ? "\n" : "");
      }
      return lines.toString();
    }
    return token.group("keyword") != null ? style.magenta(text) : style.cyan(text);
  }
}

package dev.reckon.core.reply;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Tells Python from prose, line by line, without parsing it: enough to pick a block out of a reply.
 * Whether it really is Python, the sandbox's parser says when the program is screened.
 */
final class PythonText {
  /** What models write after a fence when the block is Python. */
  static final Set<String> LANGUAGES =
      Set.of("python", "py", "python3", "python2", "py3", "ipython", "ipython3", "tool_code");

  private static final Set<String> BLOCK_WORDS =
      Set.of("if", "elif", "else", "for", "while", "with", "try", "except", "finally", "match");
  private static final Set<String> PLAIN_WORDS =
      Set.of("return", "raise", "assert", "del", "global", "nonlocal", "yield", "await");
  private static final Set<String> LONE_WORDS = Set.of("pass", "break", "continue", "return");

  private PythonText() {}

  /** Whether every line reads as Python, and at least one can only be that. */
  static boolean isCode(String text) {
    Run run = new Run();
    for (String line : text.lines().toList()) {
      run.add(line);
    }
    return run.isCode();
  }

  /** Lines that may be a program, taken in one by one. */
  static final class Run {
    private final StringBuilder lines = new StringBuilder();
    private final PythonScanner python = new PythonScanner();
    private boolean readable = true;
    private boolean strong;
    private boolean statements = true;

    /**
     * Takes the line in if the run with it reads as code, or could if more followed.
     *
     * @return whether it did; a run that did not is as it was
     */
    boolean goesOnWith(String line) {
      boolean statement = isStatement(line);
      boolean inside = !python.betweenStatements();
      boolean reads = readable && (line.isBlank() || inside || statement);
      boolean nowStrong = strong || (!line.isBlank() && !inside && isStrong(line));
      if (!(reads && nowStrong) && !(statements && statement)) {
        return false;
      }
      add(line);
      return true;
    }

    void add(String line) {
      boolean statement = isStatement(line);
      if (!line.isBlank() && python.betweenStatements()) {
        readable = readable && statement;
        strong = strong || isStrong(line);
      }
      statements = statements && statement;
      String whole = line + "\n";
      int at = 0;
      while (at < whole.length()) {
        at = python.step(whole, at);
      }
      lines.append(whole);
    }

    boolean isCode() {
      return readable && strong;
    }

    String text() {
      return lines.toString();
    }
  }

  /** Whether it is shown to explain and cannot run: its parameters are elided. */
  static boolean isFragment(String code) {
    PythonScanner python = new PythonScanner();
    for (String line : code.lines().toList()) {
      boolean begins = python.betweenStatements();
      if (begins && isElided(line.strip())) {
        return true;
      }
      String whole = line + "\n";
      int at = 0;
      while (at < whole.length()) {
        at = python.step(whole, at);
      }
    }
    return false;
  }

  private static boolean isElided(String text) {
    return (text.startsWith("def ") || text.startsWith("async def ")) && text.contains("(...)");
  }

  /** Whether the line alone can be a statement, a comment, or the inside of one. */
  static boolean isStatement(String line) {
    String text = line.strip();
    if (text.isEmpty()) {
      return true;
    }
    char first = text.charAt(0);
    if (first == '#' || first == '@' || ")]}\"'".indexOf(first) >= 0) {
      return true;
    }
    return isStrong(line) || isCall(text) || (isIndented(line) && !readsAsProse(text));
  }

  /** Whether hardly anything but Python looks like that. */
  static boolean isStrong(String line) {
    String text = line.strip();
    String word = firstWord(text);
    String rest = text.substring(word.length()).strip();
    if (word.equals("import")) {
      return isModuleList(rest);
    }
    if (word.equals("from")) {
      return rest.contains(" import ") && isModuleList(rest.substring(0, rest.indexOf(' ')));
    }
    if (word.equals("def") || word.equals("class") || word.equals("async")) {
      return rest.contains(":") && !rest.isEmpty() && isNameStart(rest.charAt(0));
    }
    if (BLOCK_WORDS.contains(word)) {
      return endsBlockLine(text) || (text.contains(": ") && !readsAsProse(text));
    }
    if (PLAIN_WORDS.contains(word)) {
      return !rest.isEmpty() && !readsAsProse(rest);
    }
    return LONE_WORDS.contains(text) || isAssignment(text) || text.startsWith("print(");
  }

  /** Names that the code defines at its top level: functions, classes, imports, variables. */
  static Set<String> defines(String code) {
    Set<String> names = new LinkedHashSet<>();
    for (String line : code.lines().toList()) {
      if (line.isBlank() || isIndented(line)) {
        continue;
      }
      String word = firstWord(line);
      String rest = line.substring(word.length()).strip();
      switch (word) {
        case "def", "class" -> names.add(firstWord(rest));
        case "import", "from" -> names.addAll(words(rest));
        default -> {
          int equals = line.indexOf('=');
          if (isAssignment(line.strip()) && equals > 0) {
            names.addAll(words(line.substring(0, equals)));
          }
        }
      }
    }
    names.remove("");
    return names;
  }

  /** Functions and classes that the code defines at its top level. */
  static Set<String> definitions(String code) {
    Set<String> names = new LinkedHashSet<>();
    for (String line : code.lines().toList()) {
      String word = firstWord(line);
      if (word.equals("def") || word.equals("class")) {
        names.add(firstWord(line.substring(word.length()).strip()));
      }
    }
    return names;
  }

  /** Every word in the code that could be a name. */
  static Set<String> words(String code) {
    Set<String> words = new HashSet<>();
    int from = -1;
    for (int i = 0; i <= code.length(); i++) {
      boolean part = i < code.length() && isNamePart(code.charAt(i));
      if (part && from < 0) {
        from = i;
      } else if (!part && from >= 0) {
        words.add(code.substring(from, i));
        from = -1;
      }
    }
    return words;
  }

  static boolean isIndented(String line) {
    return line.startsWith(" ") || line.startsWith("\t");
  }

  private static boolean endsBlockLine(String text) {
    int comment = text.indexOf("  #");
    return (comment < 0 ? text : text.substring(0, comment)).stripTrailing().endsWith(":")
        && !readsAsProse(text);
  }

  private static boolean isModuleList(String rest) {
    return !rest.isEmpty()
        && List.of(rest.split(",")).stream()
            .map(String::strip)
            .allMatch(part -> isModule(part.split(" as ", 2)[0].split("[ ;#(]", 2)[0], part));
  }

  private static boolean isModule(String name, String part) {
    return !name.isEmpty()
        && (isNameStart(name.charAt(0)) || name.startsWith("."))
        && name.chars().allMatch(c -> isNamePart((char) c) || c == '.')
        && (part.length() == name.length()
            || part.contains(" as ")
            || part.contains("#")
            || part.contains(";"));
  }

  private static boolean isAssignment(String text) {
    int equals = text.indexOf('=');
    if (equals < 1 || equals + 1 >= text.length() || text.charAt(equals + 1) == '=') {
      return false;
    }
    int end = equals;
    while (end > 0 && "+-*/%|&^<>:@".indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    String target = text.substring(0, end);
    int colon = target.indexOf(':');
    target = (colon > 0 && !target.contains("[") ? target.substring(0, colon) : target).strip();
    return !target.isEmpty()
        && isTargetStart(target.charAt(0))
        && (!target.contains(" ") || target.contains(",") || target.contains("["))
        && !readsAsProse(target);
  }

  private static boolean isTargetStart(char c) {
    return isNameStart(c) || c == '(' || c == '[' || c == '*';
  }

  private static boolean isCall(String text) {
    int open = text.indexOf('(');
    String name = open < 0 ? text : text.substring(0, open);
    return !name.isEmpty()
        && isNameStart(name.charAt(0))
        && name.chars().allMatch(c -> isNamePart((char) c) || c == '.')
        && (open > 0 || name.contains("."))
        && !name.endsWith(".");
  }

  /** Three words in a row with nothing of code between them. */
  private static boolean readsAsProse(String text) {
    int run = 0;
    for (String word : text.split("\\s+", -1)) {
      boolean plain = word.chars().allMatch(c -> Character.isLetter(c) || c == ',' || c == '\'');
      boolean operator =
          Set.of("in", "not", "and", "or", "is", "if", "else", "for", "lambda", "as", "from")
              .contains(word);
      run = plain && !operator ? run + 1 : 0;
      if (run >= 4) {
        return true;
      }
    }
    return false;
  }

  private static String firstWord(String text) {
    int end = 0;
    while (end < text.length() && isNamePart(text.charAt(end))) {
      end++;
    }
    return text.substring(0, end);
  }

  private static boolean isNameStart(char c) {
    return Character.isLetter(c) || c == '_';
  }

  private static boolean isNamePart(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }
}

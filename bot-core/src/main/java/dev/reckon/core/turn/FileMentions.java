package dev.reckon.core.turn;

import static java.text.Normalizer.Form.NFC;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds the files that a request names as input, by their endings. Code in fences names none. */
public final class FileMentions {
  private static final Set<String> ENDINGS =
      Set.of(
          "csv", "tsv", "json", "jsonl", "ndjson", "txt", "log", "xml", "xlsx", "xls", "parquet",
          "db", "sqlite", "yaml", "yml", "toml", "ini", "md", "html", "zip", "gz", "dat");

  /** Words that make the file after them one to be written. */
  private static final Set<String> WRITING =
      Set.of(
          "to",
          "into",
          "as",
          "save",
          "write",
          "create",
          "make",
          "generate",
          "export",
          "produce",
          "output",
          "store");

  /** Words between a verb and the file it governs. */
  private static final Set<String> FILLING =
      Set.of(
          "a", "an", "the", "it", "them", "this", "result", "results", "new", "file", "named",
          "called", "csv", "json", "text");

  private static final Pattern FENCED = Pattern.compile("(?s)```.*?(?:```|\\z)");

  private FileMentions() {}

  /**
   * The files that the text names as input and that are not there, in order of appearance. A file
   * is there under its own name and under the one that the person attached, with folders before it
   * or without, however upper case and accents are written.
   */
  public static List<String> missing(String text, List<AttachedFile> there) {
    Set<String> known = new HashSet<>();
    for (AttachedFile file : there) {
      known.add(plain(file.name()));
      known.add(plain(file.known()));
    }
    List<String> words = List.of(searched(text, known).split("\\s+"));
    List<String> missing = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      String name = trimmed(words.get(i));
      if (isFileName(name)
          && !isKnown(name, known)
          && !missing.contains(name)
          && !isWritten(words, i)) {
        missing.add(name);
      }
    }
    return missing;
  }

  /** Whether the text names a file, as a separate word. */
  static boolean isNamed(String text, String name) {
    String plain = plain(text);
    String wanted = plain(name);
    return find(plain, wanted, 0) >= 0;
  }

  private static boolean isKnown(String name, Set<String> known) {
    String plain = plain(name);
    return known.contains(plain)
        || known.contains(plain.substring(plain.lastIndexOf('/') + 1))
        || known.contains(plain.replace('/', '-'));
  }

  /** The text outside fences, without names that hold blanks and would fall apart into words. */
  private static String searched(String text, Set<String> known) {
    String searched = Normalizer.normalize(FENCED.matcher(text).replaceAll(" "), NFC);
    for (String name : known) {
      if (name.chars().anyMatch(c -> !isNameCharacter((char) c))) {
        searched = without(searched, name);
      }
    }
    return searched;
  }

  private static String without(String text, String name) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.length() != text.length()) {
      return text; // letters that change their length with the case: the places would not match
    }
    StringBuilder kept = new StringBuilder();
    int from = 0;
    for (int at = find(lower, name, 0); at >= 0; at = find(lower, name, from)) {
      kept.append(text, from, at).append(' ');
      from = at + name.length();
    }
    return kept.append(text, from, text.length()).toString();
  }

  /** Where the name occurs as a separate word; -1 when nowhere. */
  private static int find(String text, String name, int from) {
    int at = text.indexOf(name, from);
    while (at >= 0 && (isInside(text, at - 1) || goesOn(text, at + name.length()))) {
      at = text.indexOf(name, at + 1);
    }
    return at;
  }

  private static boolean isInside(String text, int before) {
    return before >= 0 && text.charAt(before) != '/' && isNameCharacter(text.charAt(before));
  }

  /** Whether a name continues there; a point or hyphen before a blank ends a sentence. */
  private static boolean goesOn(String text, int after) {
    if (after >= text.length()) {
      return false;
    }
    char c = text.charAt(after);
    return Character.isLetterOrDigit(c)
        || c == '_'
        || ((c == '.' || c == '-')
            && after + 1 < text.length()
            && Character.isLetterOrDigit(text.charAt(after + 1)));
  }

  private static String plain(String name) {
    return Normalizer.normalize(name, NFC).toLowerCase(Locale.ROOT);
  }

  private static boolean isWritten(List<String> words, int at) {
    for (int i = at - 1; i >= 0; i--) {
      String word = trimmed(words.get(i)).toLowerCase(Locale.ROOT);
      if (WRITING.contains(word)) {
        return true;
      }
      if (!FILLING.contains(word)) {
        return false;
      }
    }
    return false;
  }

  private static boolean isFileName(String word) {
    int dot = word.lastIndexOf('.');
    return dot > 0
        && word.length() < 200
        && word.chars().allMatch(c -> isNameCharacter((char) c))
        && ENDINGS.contains(word.substring(dot + 1).toLowerCase(Locale.ROOT));
  }

  private static String trimmed(String word) {
    int from = 0;
    int to = word.length();
    while (from < to && !isNameCharacter(word.charAt(from))) {
      from++;
    }
    while (to > from && (!isNameCharacter(word.charAt(to - 1)) || word.charAt(to - 1) == '.')) {
      to--;
    }
    String name = word.substring(from, to);
    return name.endsWith("'s") || name.endsWith("’s") ? name.substring(0, name.length() - 2) : name;
  }

  private static boolean isNameCharacter(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.' || c == '/';
  }
}

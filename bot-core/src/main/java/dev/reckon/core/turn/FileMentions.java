package dev.reckon.core.turn;

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
   * The files that the text names as input and that are not there, in order of appearance.
   *
   * @param there names of files that are there; compared without regard to case
   */
  public static List<String> missing(String text, List<String> there) {
    Set<String> known = new HashSet<>();
    there.forEach(name -> known.add(name.toLowerCase(Locale.ROOT)));
    List<String> words = List.of(FENCED.matcher(text).replaceAll(" ").split("\\s+"));
    List<String> missing = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      String name = trimmed(words.get(i));
      if (isFileName(name)
          && !known.contains(name.toLowerCase(Locale.ROOT))
          && !missing.contains(name)
          && !isWritten(words, i)) {
        missing.add(name);
      }
    }
    return missing;
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

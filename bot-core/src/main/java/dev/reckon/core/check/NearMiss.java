package dev.reckon.core.check;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds names that somebody who wrote another one may have meant. */
public final class NearMiss {
  private static final int MOST = 5;

  private NearMiss() {}

  /** The nearest names, best first; those that are nothing like it are left out. */
  public static List<String> of(String wanted, List<String> names) {
    String plain = plain(wanted);
    return names.stream()
        .distinct()
        .filter(name -> distance(plain, plain(name)) <= Math.max(2, plain.length() / 2))
        .sorted(Comparator.comparingInt(name -> distance(plain, plain(name))))
        .limit(MOST)
        .toList();
  }

  private static String plain(String name) {
    StringBuilder letters = new StringBuilder();
    name.toLowerCase(Locale.ROOT)
        .codePoints()
        .filter(Character::isLetterOrDigit)
        .forEach(letters::appendCodePoint);
    return letters.toString();
  }

  /** Levenshtein's distance; nothing when one name is part of the other. */
  private static int distance(String a, String b) {
    if (!a.isEmpty() && !b.isEmpty() && (a.contains(b) || b.contains(a))) {
      return Math.min(1, Math.abs(a.length() - b.length()));
    }
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, Math.min(above, row[j - 1]) + 1);
        diagonal = above;
      }
    }
    return row[b.length()];
  }
}

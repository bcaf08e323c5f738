package dev.reckon.core.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Finds existing names that are close to a misspelled one. Only so many names are looked at, and of
 * each only its beginning, so that hostile names cost no more than others; interrupting the thread
 * ends the search.
 */
public final class NearMiss {
  private static final int MOST = 5;

  /** As many as a sheet of a workbook has columns. */
  private static final int MOST_NAMES = 16_384;

  private static final int LONGEST = 64;

  private NearMiss() {}

  private record Near(String name, int distance) {}

  /** The nearest names, best first; those that are nothing like it are left out. */
  public static List<String> of(String wanted, List<String> names) {
    String plain = plain(wanted);
    int most = Math.max(2, plain.length() / 2);
    List<Near> near = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String name : names.subList(0, Math.min(names.size(), MOST_NAMES))) {
      if (Thread.currentThread().isInterrupted()) {
        break;
      }
      if (seen.add(name)) {
        int distance = distance(plain, plain(name));
        if (distance <= most) {
          near.add(new Near(name, distance));
        }
      }
    }
    return near.stream()
        .sorted(Comparator.comparingInt(Near::distance))
        .limit(MOST)
        .map(Near::name)
        .toList();
  }

  private static String plain(String name) {
    StringBuilder letters = new StringBuilder();
    name.substring(0, Math.min(name.length(), LONGEST))
        .toLowerCase(Locale.ROOT)
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

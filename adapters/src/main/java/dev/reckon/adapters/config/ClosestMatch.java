package dev.reckon.adapters.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the known word that is closest to a mistyped one. */
public final class ClosestMatch {
  private ClosestMatch() {}

  /** The candidate with the fewest changes, when they are few for the word's length. */
  public static Optional<String> to(String word, Collection<String> candidates) {
    Optional<String> sameEnd =
        candidates.stream()
            .filter(c -> last(c).equals(last(word)) && !last(c).isEmpty())
            .findFirst();
    return candidates.stream()
        .min(Comparator.comparingInt(candidate -> changes(word, candidate)))
        .filter(candidate -> changes(word, candidate) <= most(word, candidate))
        .or(() -> sameEnd);
  }

  /** So many changes make a mistyped word; of a short one, some letters have to be the same. */
  private static int most(String word, String candidate) {
    int shorter = Math.min(word.length(), candidate.length());
    return Math.min(Math.max(2, word.length() / 4), (shorter + 1) / 2);
  }

  private static String last(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }

  /** Levenshtein's distance. */
  private static int changes(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int kept = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(kept, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}

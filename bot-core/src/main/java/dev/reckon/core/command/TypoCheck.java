package dev.reckon.core.command;

/** Recognizes misspelled commands. */
final class TypoCheck {
  private static final int SHORT = 4;
  private static final int LONG = 7;

  private TypoCheck() {}

  /** Whether one text is the other with a slip: two in a long word, one in a shorter one. */
  static boolean near(String typed, String meant) {
    if (typed.length() < SHORT && !typed.equals(meant)) {
      return false;
    }
    return distance(typed, meant) <= (meant.length() >= LONG ? 2 : 1);
  }

  /** Letters added, left out, changed, or swapped with their neighbour. */
  private static int distance(String one, String other) {
    int[][] cost = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        cost[i][j] =
            Math.min(Math.min(cost[i - 1][j] + 1, cost[i][j - 1] + 1), cost[i - 1][j - 1] + change);
        if (i > 1
            && j > 1
            && one.charAt(i - 1) == other.charAt(j - 2)
            && one.charAt(i - 2) == other.charAt(j - 1)) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[one.length()][other.length()];
  }
}

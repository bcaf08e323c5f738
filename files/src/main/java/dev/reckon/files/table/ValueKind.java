package dev.reckon.files.table;

import java.util.Locale;
import java.util.Set;

/** What a single value is, by how it is written. */
enum ValueKind {
  NOTHING,
  NUMBER,
  DATE,
  TIME,
  BOOLEAN,
  TEXT;

  private static final Set<String> NOTHINGS =
      Set.of(
          "", "na", "n/a", "nan", "null", "none", "nil", "#n/a", "-", "--", "?", "n.a.", "k.a.",
          "..", ".", "...", "–", "—", "\\n", "<na>", "missing", "#value!", "#div/0!", "#ref!");
  private static final Set<String> TRUTHS =
      Set.of(
          "true", "false", "yes", "no", "y", "n", "t", "f", "ja", "nein", "oui", "non", "si", "sí",
          "wahr", "falsch", "vrai", "faux", "да", "нет", "sim", "não");
  private static final int LONGEST = 64;

  /** The kind of a value without surrounding blanks. */
  static ValueKind of(String value) {
    if (value.length() > LONGEST) {
      return TEXT;
    }
    if (isNothing(value)) {
      return NOTHING;
    }
    if (NumberNotation.of(value) != null) {
      return NUMBER;
    }
    DateNotation date = DateNotation.of(value);
    if (date != null) {
      return date.hasDate() ? DATE : TIME;
    }
    return isTruth(value) ? BOOLEAN : TEXT;
  }

  static boolean isTruth(String value) {
    return value.length() <= 8 && TRUTHS.contains(value.toLowerCase(Locale.ROOT));
  }

  /** Whether a value stands for a missing one. */
  static boolean isNothing(String value) {
    return value.length() <= 8 && NOTHINGS.contains(value.toLowerCase(Locale.ROOT));
  }
}

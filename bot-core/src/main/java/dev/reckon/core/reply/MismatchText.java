package dev.reckon.core.reply;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads what a judge wrote where a mismatch belongs: often that there is none, in many words. */
final class MismatchText {
  private static final Set<String> NOTHING =
      Set.of("", "no", "none", "null", "nil", "nothing", "na", "ok", "okay", "fine", "correct");
  private static final Set<String> DENIALS = Set.of("no", "none", "nothing", "not", "without");
  private static final Set<String> OBJECTIONS =
      Set.of(
          "mismatch",
          "mismatches",
          "issue",
          "issues",
          "problem",
          "problems",
          "error",
          "errors",
          "discrepancy",
          "discrepancies",
          "deviation",
          "deviations",
          "objection",
          "objections",
          "difference",
          "differences",
          "fault",
          "faults",
          "defect",
          "defects",
          "violation",
          "violations",
          "contradiction",
          "contradictions",
          "wrong",
          "mistake",
          "mistakes");
  private static final Set<String> FILLERS =
      Set.of(
          "found",
          "here",
          "there",
          "is",
          "are",
          "was",
          "were",
          "any",
          "detected",
          "identified",
          "observed",
          "seen",
          "all",
          "at",
          "the",
          "this",
          "it",
          "requirement",
          "requirements",
          "fully",
          "applicable",
          "to",
          "report",
          "apparent",
          "i",
          "see",
          "of",
          "with",
          "in",
          "output",
          "be",
          "can",
          "could",
          "exists",
          "exist",
          "noted",
          "and",
          "or",
          "a",
          "an",
          "for",
          "request",
          "requested",
          "exactly",
          "value",
          "values",
          "result",
          "results",
          "answer",
          "expected",
          "correctly",
          "has",
          "have",
          "been",
          "as",
          "asked",
          "completely");
  private static final Set<String> APPROVALS =
      Set.of(
          "met", "satisfied", "fulfilled", "matches", "match", "correct", "ok", "fine", "passes");

  private MismatchText() {}

  /**
   * Whether a mismatch only says that there is none: an empty word, objections that are all denied
   * ("no issues found"), or an approval ("the requirement is met"). Any other word makes it an
   * objection.
   */
  static boolean saysNothing(String mismatch) {
    List<String> words = words(mismatch);
    if (words.isEmpty() || (words.size() == 1 && NOTHING.contains(words.getFirst()))) {
      return true;
    }
    int denied = 0;
    int objections = 0;
    int approvals = 0;
    for (int at = 0; at < words.size(); at++) {
      String word = words.get(at);
      if (OBJECTIONS.contains(word)) {
        objections++;
        denied += isDenied(words, at) ? 1 : 0;
      } else if (APPROVALS.contains(word)) {
        approvals++;
      } else if (!DENIALS.contains(word) && !FILLERS.contains(word)) {
        return false;
      }
    }
    boolean denies = words.stream().anyMatch(DENIALS::contains);
    if (objections > 0) {
      return denied == objections && approvals == 0;
    }
    return denies ? isEmptyPhrase(words) : approvals > 0;
  }

  /** "no issues", "nothing is wrong", "no apparent mismatch". */
  private static boolean isDenied(List<String> words, int at) {
    return words.subList(Math.max(0, at - 2), at).stream()
        .anyMatch(word -> DENIALS.contains(word) || OBJECTIONS.contains(word));
  }

  private static boolean isEmptyPhrase(List<String> words) {
    return (words.getFirst().equals("none") && words.stream().noneMatch(APPROVALS::contains))
        || List.of("not applicable", "nothing to report").contains(String.join(" ", words));
  }

  /** In lower case; signs such as "-" and "n/a" are no words or one. */
  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    for (int at = 0; at <= text.length(); at++) {
      char c = at < text.length() ? text.charAt(at) : ' ';
      if (Character.isLetterOrDigit(c)) {
        word.append(Character.toLowerCase(c));
      } else if (c != '/' && c != '\'' && !word.isEmpty()) {
        words.add(word.toString());
        word.setLength(0);
      }
    }
    return words;
  }
}

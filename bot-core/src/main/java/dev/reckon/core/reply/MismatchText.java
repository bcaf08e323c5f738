package dev.reckon.core.reply;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads what a judge wrote where a mismatch belongs: often that there is none, in many words. Text
 * that may be an objection is one, because a check mark must not depend on a guess.
 */
final class MismatchText {
  /** Whole replies, in the languages that Reckon speaks. */
  private static final Set<String> NOTHING =
      Set.of(
          ("no|none|null|nil|nothing|na|n a|ok|okay|fine|correct|false|empty|not applicable"
                  + "|nothing to report|keine|keiner|kein|nichts|entfällt|aucun|aucune|rien|néant"
                  + "|ninguno|ninguna|nada|nenhum|nenhuma|nessuno|nessuna|niente|geen|ingen|inga"
                  + "|brak|žádný|žádná|žádné|нет|никаких|немає|yok|なし|無し|特になし|无|無|没有|沒有|없음|لا يوجد")
              .split("\\|", -1));

  private static final Set<String> FOREIGN_DENIALS =
      Set.of(
          "keine", "kein", "aucun", "aucune", "ninguna", "ningún", "nenhuma", "nenhum", "nessuna",
          "nessun", "geen", "inga", "ingen");
  private static final Set<String> FOREIGN_OBJECTIONS =
      Set.of(
          "abweichung",
          "abweichungen",
          "fehler",
          "unstimmigkeit",
          "unstimmigkeiten",
          "widerspruch",
          "problem",
          "probleme",
          "écart",
          "erreur",
          "différence",
          "problème",
          "anomalie",
          "discrepancia",
          "diferencia",
          "problema",
          "discrepância",
          "erro",
          "discrepanza",
          "errore",
          "afwijking",
          "avvikelse",
          "avvik");

  private static final Set<String> DENIALS = Set.of("no", "none", "nothing", "not", "without");
  private static final Set<String> OBJECTIONS =
      Set.of(
          ("mismatch mismatches mismatched issue issues problem problems error errors discrepancy"
                  + " discrepancies deviation deviations objection objections difference"
                  + " differences fault faults defect defects violation violations contradiction"
                  + " contradictions inconsistency inconsistencies wrong missing amiss mistake"
                  + " mistakes")
              .split(" ", -1));
  private static final Set<String> APPROVALS =
      Set.of(
          ("met satisfied fulfilled matches match correct right ok okay fine good passes pass"
                  + " present meets satisfies fulfills accurate complete")
              .split(" ", -1));

  /** After them an approval is what the subject is said to be. */
  private static final Set<String> COPULAS = Set.of("is", "are", "was", "were", "looks", "seems");

  private static final Set<String> ADVERBS =
      Set.of("fully", "all", "completely", "exactly", "entirely", "indeed", "both", "also");

  /** Words that say nothing by themselves. */
  private static final Set<String> FILLERS =
      Set.of(
          ("found here there is are was were any detected identified observed seen all at the this"
                  + " it requirement requirements fully applicable to report apparent i see of"
                  + " with in output be can could exists exist noted and or a an for request"
                  + " requested exactly value values result results answer expected correctly has"
                  + " have been as asked completely looks look everything")
              .split(" ", -1));

  private static final Set<String> NOUNS =
      Set.of(
          "requirement",
          "requirements",
          "report",
          "output",
          "request",
          "value",
          "values",
          "result",
          "results",
          "answer");

  private static final Set<String> FOLLOWERS =
      Set.of("from", "between", "since", "because", "that", "which", "regarding", "whatsoever");

  private static final Set<String> NEGATIONS =
      Set.of(
          ("not isnt arent wasnt werent doesnt dont didnt hasnt havent cant couldnt wont shouldnt"
                  + " wouldnt")
              .split(" ", -1));

  /** One of these takes back, limits or contradicts what the other words say. */
  private static final Set<String> RESERVATIONS =
      Set.of(
          ("but however although though yet still except unless despite while whereas otherwise"
                  + " apart besides aside instead rather only almost nearly partly partially mostly"
                  + " largely barely hardly never neither nor cannot should must ought would might"
                  + " may maybe perhaps if far less more extra too different differs than"
                  + " rounded swapped reversed truncated duplicated duplicate wrongly false fails"
                  + " fail failed failure absent blank stale")
              .split(" ", -1));

  private static final List<String> RESERVED_STARTS =
      List.of(
          "omit",
          "ignor",
          "skip",
          "lack",
          "exclud",
          "drop",
          "forg",
          "incorrect",
          "inaccura",
          "incompl",
          "invalid",
          "insuff",
          "inconsist",
          "misl",
          "misc",
          "unf",
          "unso",
          "unor",
          "unl",
          "unm",
          "unc",
          "uns",
          "unr",
          "uncl");

  private static final String CROSSES = "✗✘❌✖×☒";

  private MismatchText() {}

  /**
   * Whether a mismatch only says that there is none: an empty word, objections that are all denied
   * ("no issues found"), or an approval ("the requirement is met"). What else follows is allowed
   * when nothing in it takes that back.
   */
  static boolean saysNothing(String mismatch) {
    List<List<String>> clauses = clauses(mismatch);
    if (clauses.isEmpty()) {
      return mismatch.chars().noneMatch(c -> CROSSES.indexOf(c) >= 0);
    }
    List<String> words = clauses.stream().flatMap(List::stream).toList();
    if (NOTHING.contains(String.join(" ", words)) || isForeignDenial(words)) {
      return true;
    }
    List<String> first = clauses.getFirst();
    boolean denial = isDenial(first);
    if (words.stream().anyMatch(MismatchText::isReservation)
        || !(denial || isApproval(first))
        || (denial && isDefinition(clauses))) {
      return false;
    }
    List<String> rest = words.subList(first.size(), words.size());
    return allDenied(words) && rest.stream().noneMatch(NEGATIONS::contains);
  }

  /** "keine Abweichung", "aucune erreur trouvée" */
  private static boolean isForeignDenial(List<String> words) {
    return words.size() <= 3
        && FOREIGN_DENIALS.contains(words.getFirst())
        && words.size() > 1
        && FOREIGN_OBJECTIONS.contains(words.get(1));
  }

  private static boolean isReservation(String word) {
    return RESERVATIONS.contains(word) || RESERVED_STARTS.stream().anyMatch(word::startsWith);
  }

  /** "No mismatch", "none", "nothing is wrong", "not a mismatch", "there is no error". */
  private static boolean isDenial(List<String> words) {
    int at = 0;
    while (at < words.size() && FILLERS.contains(words.get(at))) {
      at++;
    }
    if (at == words.size() || !DENIALS.contains(words.get(at))) {
      return false;
    }
    boolean none = words.get(at).equals("none");
    if (none && words.subList(at + 1, words.size()).stream().allMatch(MismatchText::isNeutral)) {
      return true;
    }
    int objection = at + 1;
    while (objection < words.size() && FILLERS.contains(words.get(objection))) {
      objection++;
    }
    return objection < words.size()
        && OBJECTIONS.contains(words.get(objection))
        && (objection + 1 == words.size() || followsNoun(words.get(objection + 1)));
  }

  /** In "no error column" and "no missing values" the objection only describes what is missing. */
  private static boolean followsNoun(String word) {
    return FOLLOWERS.contains(word)
        || OBJECTIONS.contains(word)
        || (FILLERS.contains(word) && !NOUNS.contains(word));
  }

  private static boolean isNeutral(String word) {
    return FILLERS.contains(word) && !word.equals("of");
  }

  /** "The sum is correct", "requirement met", "meets the request", "all good". */
  private static boolean isApproval(List<String> words) {
    if (words.stream().anyMatch(DENIALS::contains)) {
      return false;
    }
    if (words.stream().allMatch(word -> FILLERS.contains(word) || APPROVALS.contains(word))) {
      return words.stream().anyMatch(APPROVALS::contains);
    }
    int last = words.size() - 1;
    int before = last - 1;
    while (before > 0 && ADVERBS.contains(words.get(before))) {
      before--;
    }
    return before > 0 && APPROVALS.contains(words.get(last)) && COPULAS.contains(words.get(before));
  }

  /** "No. The order is wrong": a denial alone, and then a sentence that stands for itself. */
  private static boolean isDefinition(List<List<String>> clauses) {
    return clauses.getFirst().equals(List.of("no")) && clauses.size() > 1;
  }

  /** Every objection is denied by a word shortly before it, or by a list that was denied. */
  private static boolean allDenied(List<String> words) {
    for (int at = 0; at < words.size(); at++) {
      boolean denied =
          words.subList(Math.max(0, at - 2), at).stream()
              .anyMatch(word -> DENIALS.contains(word) || OBJECTIONS.contains(word));
      if (OBJECTIONS.contains(words.get(at)) && !denied) {
        return false;
      }
    }
    return true;
  }

  /**
   * Words in lower case, by the signs that end a clause; signs such as "-" and "n/a" are no words
   * or one.
   */
  private static List<List<String>> clauses(String text) {
    List<List<String>> clauses = new ArrayList<>();
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    for (int at = 0; at <= text.length(); at++) {
      char c = at < text.length() ? text.charAt(at) : '\n';
      if (Character.isLetterOrDigit(c)) {
        word.append(c);
      } else if (c != '/' && c != '\'' && c != '’') {
        if (!word.isEmpty()) {
          words.add(word.toString().toLowerCase(Locale.ROOT));
          word.setLength(0);
        }
        if (".,;:!?()[]–—\n".indexOf(c) >= 0 && !words.isEmpty()) {
          clauses.add(words);
          words = new ArrayList<>();
        }
      }
    }
    return clauses;
  }
}

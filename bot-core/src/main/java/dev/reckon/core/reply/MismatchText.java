package dev.reckon.core.reply;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads what a judge wrote where a mismatch belongs: often that there is none, in many words. It
 * says nothing only if each of its clauses is known to deny an objection, to approve, or to repeat
 * the requirement and its quotation. Any other text is an objection, or a doubt where it begins by
 * saying that nothing is wrong, because a check mark must not depend on a guess.
 */
final class MismatchText {
  /** What a text means for the requirement that it belongs to. */
  enum Reading {
    /** Nothing is wrong. */
    NOTHING,
    /** It begins by saying that nothing is wrong, and goes on with what is not understood. */
    DOUBT,
    OBJECTION
  }

  /** Whole texts, in the languages that Reckon speaks and some more. */
  private static final Set<String> NOTHING =
      set(
          "\\|",
          """
          no|none|null|nil|nothing|na|n a|ok|okay|fine|correct|false|empty|not applicable|\
          nothing to report|keine|keiner|kein|nichts|entfällt|aucun|aucune|rien|néant|\
          ninguno|ninguna|nada|nenhum|nenhuma|nessuno|nessuna|niente|geen|ingen|inga|\
          brak|žádný|žádná|žádné|нет|никаких|немає|yok|なし|無し|特になし|无|無|没有|沒有|없음|لا يوجد\
          """);

  private static final Set<String> FOREIGN_DENIALS =
      words(
          """
          keine kein aucun aucune ninguna ningún nenhuma nenhum nessuna nessun geen inga ingen\
          """);

  private static final Set<String> FOREIGN_OBJECTIONS =
      words(
          """
          abweichung abweichungen fehler unstimmigkeit unstimmigkeiten widerspruch problem \
          probleme écart erreur différence problème anomalie discrepancia diferencia problema \
          discrepância erro discrepanza errore afwijking avvikelse avvik\
          """);

  private static final Set<String> FOREIGN_FOUND =
      words(
          """
          gefunden festgestellt erkennbar vorhanden trouvé trouvée détecté détectée constaté \
          constatée encontrada encontrado detectada detectado trovata trovato rilevata rilevato \
          gevonden hittades funnet\
          """);

  private static final Set<String> DENIALS = words("no none nothing not without");

  private static final Set<String> OBJECTIONS =
      words(
          """
          mismatch mismatches mismatched issue issues problem problems error errors discrepancy \
          discrepancies deviation deviations objection objections difference differences fault \
          faults defect defects violation violations contradiction contradictions inconsistency \
          inconsistencies wrong missing amiss mistake mistakes\
          """);

  private static final Set<String> MATCHING =
      words("matches match meets satisfies fulfills passes");

  private static final Set<String> APPROVALS =
      words(
          """
          met satisfied fulfilled matches match correct right ok okay fine good passes pass \
          present meets satisfies fulfills accurate complete\
          """);

  /** After them an approval is what the subject is said to be. */
  private static final Set<String> COPULAS = words("is are was were looks seems");

  private static final Set<String> ADVERBS =
      words("fully all completely exactly entirely indeed both also");

  /** Words that say nothing by themselves. */
  private static final Set<String> FILLERS =
      words(
          """
          found here there is are was were any detected identified observed seen all at the this \
          it requirement requirements applicable to report apparent i see of with in output \
          be exists exist noted and or a an for request requested value values result results \
          answer expected asked correctly has have been as look looks everything\
          """);

  /** After "no error" they make "error" describe something else: "no error column", "values". */
  private static final Set<String> NO_FOLLOWERS =
      words(
          """
          requirement requirements report output request value values result results answer \
          requested expected asked\
          """);

  private static final Set<String> FOLLOWERS =
      words("from between since because that which regarding whatsoever");

  /** "No error is found" denies one, "no error is shown" may be what an output lacks. */
  private static final Set<String> VERBS = words("is are was were be been has have had can could");

  private static final Set<String> FOUND =
      words("found seen detected identified observed noted apparent present here there");

  /** What may follow "none" where it denies a mismatch; "none are in the output" is one. */
  private static final Set<String> AFTER_NONE =
      words(
          """
          found seen detected identified observed noted apparent here at all to report i see is \
          are was were be can could for this it the requirement\
          """);

  /** What an approval may be about. */
  private static final Set<String> ASPECTS =
      words(
          """
          sum total average mean median count number numbers amount unit units currency order \
          sorting sort filter filters grouping group groups limit format rounding column columns \
          row rows list table file files chart calculation computation formula code program\
          """);

  private static final Set<String> WISHED = words("requested expected asked");
  private static final Set<String> REQUEST =
      words("requested expected asked request requirement requirements report");

  /** Where a requirement or quotation has one, repeating its other words may say the opposite. */
  private static final Set<String> EXCEPTIONS =
      words(
          """
          isnt arent wasnt werent doesnt dont didnt never neither nor only except excluding \
          excluded exclude excludes ignoring ignore ignored omitting omit omitted skipping skip \
          unless but other than instead minus less\
          """);

  private static final String BLANK_SIGNS = TextClauses.TICKS + "-‐‑‒–—―_\"'“”‘’«»[](){}\ufe0f";

  private final Set<String> required;
  private final Set<String> own;

  private MismatchText(String requirement, String quote) {
    required = Set.copyOf(TextClauses.words(requirement));
    own = new HashSet<>(repeatable(requirement));
    own.addAll(repeatable(quote));
  }

  /**
   * What a judge means.
   *
   * @param mismatch as the judge wrote it
   * @param requirement that it belongs to, whose words it may repeat
   * @param quote for that requirement, likewise
   */
  static Reading read(String mismatch, String requirement, String quote) {
    List<List<String>> clauses = TextClauses.of(mismatch);
    if (clauses.isEmpty()) {
      boolean blank =
          mismatch
              .codePoints()
              .allMatch(c -> Character.isWhitespace(c) || BLANK_SIGNS.indexOf(c) >= 0);
      return blank ? Reading.NOTHING : Reading.DOUBT;
    }
    if (NOTHING.contains(String.join(" ", clauses.stream().flatMap(List::stream).toList()))) {
      return Reading.NOTHING;
    }
    MismatchText text = new MismatchText(requirement, quote);
    List<String> first = clauses.getFirst();
    if (!text.deniesOrApproves(first)) {
      return denialEnd(first) >= 0 ? Reading.DOUBT : Reading.OBJECTION;
    }
    boolean ofAll = first.stream().noneMatch(word -> text.own.contains(word) || isAspect(word));
    boolean asks = mismatch.indexOf('?') >= 0 || mismatch.indexOf('？') >= 0;
    return !asks && clauses.stream().allMatch(clause -> text.saysNothing(clause, ofAll))
        ? Reading.NOTHING
        : Reading.DOUBT;
  }

  /** The words that may be repeated; none of a text that excludes or denies something. */
  private static Set<String> repeatable(String text) {
    Set<String> words = new HashSet<>(TextClauses.words(text));
    boolean turns =
        text.contains("!=")
            || words.stream()
                .anyMatch(
                    word ->
                        DENIALS.contains(word)
                            || OBJECTIONS.contains(word)
                            || EXCEPTIONS.contains(word));
    if (turns) {
      return Set.of();
    }
    words.removeIf(word -> FILLERS.contains(word) || APPROVALS.contains(word));
    return words;
  }

  private boolean saysNothing(List<String> clause, boolean ofAll) {
    return deniesOrApproves(clause)
        || (clause.stream().allMatch(MismatchText::isEmpty) && wishesAreMet(clause))
        || (ofAll
            && clause.stream()
                .allMatch(
                    word ->
                        own.contains(word)
                            || word.equals("shows")
                            || (isEmpty(word) && !REQUEST.contains(word))));
  }

  private boolean deniesOrApproves(List<String> clause) {
    return isDenial(clause) || isForeignDenial(clause) || isApproval(clause);
  }

  /** "keine Abweichung", "aucune erreur trouvée" */
  private static boolean isForeignDenial(List<String> words) {
    return (words.size() == 2 || (words.size() == 3 && FOREIGN_FOUND.contains(words.get(2))))
        && FOREIGN_DENIALS.contains(words.getFirst())
        && FOREIGN_OBJECTIONS.contains(words.get(1));
  }

  /** "No mismatch", "none", "nothing is wrong", "not a mismatch", "there is no error". */
  private boolean isDenial(List<String> words) {
    int end = denialEnd(words);
    // where errors themselves are asked for, "no errors" may be the answer that is wrong
    return end >= 0
        && words.stream().noneMatch(word -> OBJECTIONS.contains(word) && required.contains(word))
        && words.subList(skip(words, end, VERBS), words.size()).stream().allMatch(this::fits);
  }

  /** Where the denial ends that a clause begins with, or -1. */
  private static int denialEnd(List<String> words) {
    int denial = skip(words, 0, FILLERS);
    if (denial == words.size() || !DENIALS.contains(words.get(denial))) {
      return -1;
    }
    boolean none = words.get(denial).equals("none") || words.equals(List.of("nothing"));
    if (none && skip(words, denial + 1, AFTER_NONE) == words.size()) {
      return words.size();
    }
    int objection = skip(words, denial + 1, FILLERS);
    if (objection == words.size() || !OBJECTIONS.contains(words.get(objection))) {
      return -1;
    }
    int end = afterObjections(words, objection);
    return end == words.size() || follows(words, end) ? end : -1;
  }

  /** "no problems or errors", "no mismatch and no issues" */
  private static int afterObjections(List<String> words, int from) {
    int at = from;
    while (at < words.size()
        && (OBJECTIONS.contains(words.get(at))
            || words.get(at).equals("or")
            || words.get(at).equals("and")
            || (words.get(at).equals("no")
                && at + 1 < words.size()
                && OBJECTIONS.contains(words.get(at + 1))))) {
      at++;
    }
    return at;
  }

  private static boolean follows(List<String> words, int next) {
    int verb = skip(words, next, VERBS);
    if (verb > next) {
      return verb < words.size() && FOUND.contains(words.get(verb));
    }
    String word = words.get(next);
    return FOLLOWERS.contains(word) || (FILLERS.contains(word) && !NO_FOLLOWERS.contains(word));
  }

  /** Where or of what there is no mismatch; another statement needs a verb, and is none of it. */
  private boolean fits(String word) {
    return FOLLOWERS.contains(word) || APPROVALS.contains(word) || isSubject(word);
  }

  /** "The sum is correct", "requirement met", "meets the request", "all good". */
  private boolean isApproval(List<String> words) {
    if (words.stream().allMatch(word -> isEmpty(word) || APPROVALS.contains(word))) {
      return words.stream().anyMatch(APPROVALS::contains) && wishesAreMet(words);
    }
    int at = 0;
    while (at < words.size() && isSubject(words.get(at))) {
      at++;
    }
    if (at == words.size()) {
      return false;
    }
    List<String> predicate = words.subList(at + 1, words.size());
    if (MATCHING.contains(words.get(at))) {
      return predicate.stream().allMatch(MismatchText::isEmpty);
    }
    int last = words.size() - 1;
    return COPULAS.contains(words.get(at))
        && skip(words, at + 1, ADVERBS) == last
        && APPROVALS.contains(words.get(last));
  }

  private boolean isSubject(String word) {
    return own.contains(word) || isAspect(word) || (isEmpty(word) && !COPULAS.contains(word));
  }

  private static boolean isAspect(String word) {
    return ASPECTS.contains(word);
  }

  private static boolean isEmpty(String word) {
    return FILLERS.contains(word) || ADVERBS.contains(word);
  }

  /** "As requested" and "matches what is expected", but not "complete results expected". */
  private static boolean wishesAreMet(List<String> words) {
    return words.stream()
        .takeWhile(word -> !word.equals("as") && !MATCHING.contains(word))
        .noneMatch(WISHED::contains);
  }

  private static int skip(List<String> words, int from, Set<String> skipped) {
    int at = from;
    while (at < words.size() && skipped.contains(words.get(at))) {
      at++;
    }
    return at;
  }

  private static Set<String> words(String words) {
    return set(" ", words);
  }

  private static Set<String> set(String separator, String words) {
    return Set.copyOf(List.of(words.split(separator, -1)));
  }
}

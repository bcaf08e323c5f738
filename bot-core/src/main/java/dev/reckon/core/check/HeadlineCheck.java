package dev.reckon.core.check;

import dev.reckon.core.check.ClaimWords.Claim;
import dev.reckon.core.check.PrintedLines.Line;
import dev.reckon.core.check.Sentence.Word;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Checks a sentence about an output against that output, word by word: each number must be printed
 * (rounding is allowed) in a line with the names that the sentence gives it; each rank, comparison,
 * direction and negation must hold among the printed numbers or be printed itself; any other word
 * must come from the output or the request, or say nothing. What no rule can check fails. Work is
 * bounded and linear in the output.
 */
public final class HeadlineCheck {
  private static final int LONGEST = 200;
  private static final int MOST_TOKENS = 40;
  private static final int MOST_OUTPUT = 20_000;
  private static final int MOST_LINES = 1_000;

  /** How many lines may be the one that a number comes from. */
  private static final int MOST_SUPPORTING = 20;

  private static final int MOST_REQUEST = 8_000;

  private final PrintedLines output;
  private final List<Sentence.Token> tokens;
  private final Sentence request;

  /** Where the numbers are that must be printed, and what precedes each. */
  private final List<Part> parts = new ArrayList<>();

  /**
   * A number with the words around it.
   *
   * @param at the number's place among the tokens
   * @param words since the number before it; for the last one, to the end as well
   */
  private record Part(int at, PrintedNumber number, List<Word> words) {}

  private HeadlineCheck(PrintedLines output, Sentence headline, Sentence request) {
    this.output = output;
    this.tokens = headline.tokens();
    this.request = request;
    List<Word> words = new ArrayList<>();
    for (int at = 0; at < tokens.size(); at++) {
      switch (tokens.get(at)) {
        case Word word -> words.add(word);
        case Sentence.Numeral(PrintedNumber number) -> {
          if (!isContext(at, number, request)) {
            words = joined(words);
            parts.add(new Part(at, number, words));
            words = new ArrayList<>();
          }
        }
      }
    }
    if (!parts.isEmpty()) {
      parts.getLast().words().addAll(words);
    }
  }

  /** What precedes the last "and" belongs to the number before it. */
  private List<Word> joined(List<Word> words) {
    int and = words.size() - 1;
    while (and >= 0 && !ClaimWords.joins(words.get(and).text())) {
      and--;
    }
    if (and < 0 || parts.isEmpty()) {
      return words;
    }
    parts.getLast().words().addAll(words.subList(0, and));
    return new ArrayList<>(words.subList(and + 1, words.size()));
  }

  /** Whether all that the sentence says can be found in the output. */
  public static boolean holds(String headline, String output, String request) {
    if (headline.isBlank() || headline.length() > LONGEST || output.length() > MOST_OUTPUT) {
      return false;
    }
    Sentence english = Sentence.of(headline, false);
    boolean continental =
        english.words().stream().noneMatch(word -> ClaimWords.isEnglish(word.text()));
    Sentence sentence = Sentence.of(headline, continental);
    if (sentence.claimsBySign() || sentence.tokens().size() > MOST_TOKENS) {
      return false;
    }
    Sentence asked =
        Sentence.of(request.substring(0, Math.min(request.length(), MOST_REQUEST)), continental);
    PrintedLines printed = new PrintedLines(output);
    return printed.lines().size() <= MOST_LINES
        && isKnown(sentence, printed, asked)
        && new HeadlineCheck(printed, sentence, asked).isSupported();
  }

  /** Whether each word and sign comes from the output or the request, or says nothing. */
  private static boolean isKnown(Sentence sentence, PrintedLines printed, Sentence asked) {
    Set<String> request = new HashSet<>();
    asked.words().forEach(word -> request.addAll(word.forms()));
    boolean borrowed = false;
    for (Word word : sentence.words()) {
      boolean plain =
          ClaimWords.isNeutral(word.text()) || ClaimWords.claim(word.text()).isPresent();
      if (!plain && !printed.hasWord(word)) {
        if (!PrintedLines.meets(request, word.forms())) {
          return false;
        }
        borrowed = true;
      }
    }
    // A request's words may hold a claim in a language that is unknown here.
    boolean familiar =
        sentence.words().stream().anyMatch(word -> ClaimWords.isNeutral(word.text()));
    return (familiar || !borrowed)
        && sentence.signs().stream()
            .allMatch(sign -> sign == '%' || printed.hasSign(sign) || asked.signs().contains(sign));
  }

  /** A number of the request that says which data is meant: "in 2023", "top 3". */
  private boolean isContext(int at, PrintedNumber number, Sentence request) {
    return at > 0
        && tokens.get(at - 1) instanceof Word before
        && ClaimWords.opensContext(before.text())
        && number.value().stripTrailingZeros().scale() <= 0
        && request.numbers().stream()
            .anyMatch(asked -> asked.value().compareTo(number.value()) == 0);
  }

  private boolean isSupported() {
    if (parts.isEmpty()) {
      return isPrintedInWords();
    }
    Set<Word> names = Set.of();
    List<Line> before = List.of();
    for (Part part : parts) {
      Set<Word> own = names(part.words());
      boolean changes = part.words().stream().anyMatch(word -> ClaimWords.isTowards(word.text()));
      boolean sameLine = own.isEmpty() && !before.isEmpty() && !changes;
      names = own.isEmpty() ? names : own;
      Set<Word> named = names;
      before =
          (sameLine ? before : output.lines())
              .stream().filter(line -> supports(line, part, named)).limit(MOST_SUPPORTING).toList();
      if (before.isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private boolean supports(Line line, Part part, Set<Word> names) {
    boolean denies = ClaimWords.claims(part.words()).contains(Claim.NOT);
    return line.hasAll(names)
        && line.numbers().stream().anyMatch(printed -> tells(part, printed))
        && line.claims(Claim.NOT) == denies
        && part.words().stream()
            .allMatch(
                word ->
                    ClaimWords.claim(word.text())
                        .map(claim -> holds(claim, word, line, part, names))
                        .orElse(true))
        && !line.isOtherColumn(part.words(), printed -> tells(part, printed));
  }

  private static boolean tells(Part part, PrintedNumber printed) {
    boolean rounded = part.words().stream().anyMatch(word -> ClaimWords.saysAbout(word.text()));
    boolean down = ClaimWords.claims(part.words()).contains(Claim.DOWN);
    return part.number().tells(printed, rounded, down && !part.number().signed());
  }

  private boolean holds(Claim claim, Word word, Line line, Part part, Set<Word> names) {
    return switch (claim) {
      case MOST -> line.claims(claim) || isFirst(line, part, names, 1);
      case LEAST -> line.claims(claim) || isFirst(line, part, names, -1);
      case MORE -> line.claims(claim) || compares(word, 1);
      case LESS -> line.claims(claim) || compares(word, -1);
      case UP -> line.claims(claim) || isSigned(line, part, 1) || changes(tokens.indexOf(word), -1);
      case DOWN ->
          line.claims(claim) || isSigned(line, part, -1) || changes(tokens.indexOf(word), 1);
      case NOT -> line.claims(claim);
      case UNCHECKED -> line.has(word);
    };
  }

  /** Whether the line's number is beyond those of all other lines of its block. */
  private boolean isFirst(Line line, Part part, Set<Word> names, int direction) {
    List<PrintedNumber> numbers = line.numbers();
    if (line.standsAside()) {
      return false;
    }
    boolean any = false;
    for (Line other : output.lines()) {
      boolean rival =
          other.at() != line.at()
              && other.block() == line.block()
              && !other.standsAside()
              && (names.isEmpty() || !other.hasAll(names));
      List<PrintedNumber> others = rival ? other.numbers() : List.of();
      for (int i = 0; i < Math.min(numbers.size(), others.size()); i++) {
        if (tells(part, numbers.get(i))) {
          any = true;
          BigDecimal mine = numbers.get(i).value();
          if (Integer.signum(mine.compareTo(others.get(i).value())) != direction) {
            return false;
          }
        }
      }
    }
    return any;
  }

  /** Whether the numbers before and after the word compare as it says. */
  private boolean compares(Word word, int direction) {
    int at = tokens.indexOf(word);
    Optional<Part> after = parts.stream().filter(part -> part.at() > at).findFirst();
    Optional<Part> before = parts.stream().filter(part -> part.at() < at).reduce((a, b) -> b);
    return before.isPresent()
        && after.isPresent()
        && differ(before.get().number(), after.get().number(), direction);
  }

  /** "from 100 to 150", in either order, after the word. */
  private boolean changes(int at, int direction) {
    List<Part> after = parts.stream().filter(part -> part.at() > at).limit(2).toList();
    if (after.size() < 2) {
      return false;
    }
    Part first = after.getFirst();
    Part second = after.getLast();
    if (follows(first, true) && follows(second, false)) {
      return differ(first.number(), second.number(), direction);
    }
    return follows(first, false)
        && follows(second, true)
        && differ(second.number(), first.number(), direction);
  }

  private boolean follows(Part part, boolean from) {
    return part.at() > 0
        && tokens.get(part.at() - 1) instanceof Word word
        && (from ? ClaimWords.isFrom(word.text()) : ClaimWords.isTowards(word.text()));
  }

  /** Whether one number is more (1) or less (-1) than another, however both are read. */
  private static boolean differ(PrintedNumber one, PrintedNumber other, int direction) {
    return one.readings().stream()
        .allMatch(
            a ->
                other.readings().stream()
                    .allMatch(b -> Integer.signum(a.value().compareTo(b.value())) == direction));
  }

  /** Whether the line prints the number as a change in that direction. */
  private static boolean isSigned(Line line, Part part, int direction) {
    return line.numbers().stream()
        .filter(printed -> tells(part, printed))
        .anyMatch(printed -> printed.signed() && printed.value().signum() == direction);
  }

  /** A sentence without numbers: one line of the output must have its names, and no number. */
  private boolean isPrintedInWords() {
    List<Word> words =
        tokens.stream().filter(Word.class::isInstance).map(Word.class::cast).toList();
    Set<Word> told = new HashSet<>();
    for (Word word : words) {
      boolean plain =
          ClaimWords.isNeutral(word.text()) || ClaimWords.claim(word.text()).isPresent();
      if (!plain && output.hasWord(word)) {
        told.add(word);
      }
    }
    Set<Claim> claims = ClaimWords.claims(words);
    return !told.isEmpty()
        && output.lines().stream()
            .anyMatch(
                line ->
                    !line.hasNumbers()
                        && line.hasAll(told)
                        && line.claims(Claim.NOT) == claims.contains(Claim.NOT)
                        && claims.stream().allMatch(line::claims)
                        && claims.contains(Claim.UNCHECKED) == line.claims(Claim.UNCHECKED));
  }

  /** The words that tell some lines with numbers from others. */
  private Set<Word> names(List<Word> words) {
    List<Line> numbered = output.lines().stream().filter(Line::hasNumbers).toList();
    Set<Word> names = new HashSet<>();
    for (Word word : words) {
      long lines = numbered.stream().filter(line -> line.has(word)).count();
      boolean plain =
          ClaimWords.isNeutral(word.text()) || ClaimWords.claim(word.text()).isPresent();
      if (!plain && lines > 0 && lines < numbered.size()) {
        names.add(word);
      }
    }
    return withoutMeasure(names, numbered);
  }

  /**
   * What the request measures ("salary") names no line where only a line about all rows has the
   * word ("skipped without a salary: 2") and another word names the line.
   */
  private Set<Word> withoutMeasure(Set<Word> names, List<Line> numbered) {
    List<Line> rows = numbered.stream().filter(line -> !line.standsAside()).toList();
    Set<Word> ofRows = new HashSet<>();
    for (Word name : names) {
      boolean asked =
          request.words().stream().anyMatch(word -> PrintedLines.meets(word.forms(), name.forms()));
      if (!asked || rows.stream().anyMatch(line -> line.has(name))) {
        ofRows.add(name);
      }
    }
    return ofRows.isEmpty() ? names : ofRows;
  }
}

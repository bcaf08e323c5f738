package dev.reckon.core.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a program printed, as lines of words and numbers. Reading it takes linear time. */
final class PrintedLines {
  private static final int MOST_CELLS = 40;
  private static final Pattern GAPS = Pattern.compile(" {2,}|\t");
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  /** The ways in which programs set cells apart, the surest first. */
  private static final List<Function<String, Stream<String>>> WAYS =
      List.of(
          line -> Arrays.stream(line.split("\\|", -1)),
          line -> Arrays.stream(line.split(";", -1)),
          line -> Arrays.stream(line.split(",", -1)),
          GAPS::splitAsStream,
          BLANKS::splitAsStream);

  /**
   * A line, or one of several "label: number" pairs of a line.
   *
   * @param at its place among the lines
   * @param block lines with numbers that follow each other have one
   * @param header the line before the block, or empty
   */
  record Line(
      int at,
      String text,
      Sentence sentence,
      List<PrintedNumber> numbers,
      Set<String> forms,
      Set<ClaimWords.Claim> claims,
      int block,
      String header) {
    Line(int at, String text, Sentence sentence, int block, String header) {
      this(
          at,
          text,
          sentence,
          sentence.numbers(),
          formsOf(sentence),
          ClaimWords.claims(sentence.words()),
          block,
          header);
    }

    boolean hasNumbers() {
      return !numbers.isEmpty();
    }

    boolean has(Sentence.Word word) {
      return meets(forms, word.forms());
    }

    boolean hasAll(Set<Sentence.Word> words) {
      return words.stream().allMatch(this::has);
    }

    boolean claims(ClaimWords.Claim claim) {
      return claims.contains(claim);
    }

    /** Whether it tells of all rows and is none of them. */
    boolean standsAside() {
      return sentence.words().stream().anyMatch(word -> ClaimWords.standsAside(word.text()));
    }

    /** Whether the words name another column of numbers than the one where the number is. */
    boolean isOtherColumn(List<Sentence.Word> words, Predicate<PrintedNumber> told) {
      if (header.isEmpty()) {
        return false;
      }
      for (Function<String, Stream<String>> way : WAYS) {
        List<String> names = cells(header, way);
        List<String> cells = cells(text, way);
        if (names.size() >= 2 && names.size() == cells.size()) {
          boolean mine = false;
          boolean other = false;
          for (int i = 0; i < cells.size(); i++) {
            List<PrintedNumber> inCell = Sentence.of(cells.get(i), false).numbers();
            boolean named = names(Sentence.of(names.get(i), false), words);
            mine |= named && inCell.stream().anyMatch(told);
            other |= named && inCell.stream().noneMatch(told) && !inCell.isEmpty();
          }
          return other && !mine;
        }
      }
      return false;
    }

    private static boolean names(Sentence header, List<Sentence.Word> words) {
      return header.words().stream()
          .anyMatch(name -> words.stream().anyMatch(word -> meets(name.forms(), word.forms())));
    }
  }

  private final List<Line> lines = new ArrayList<>();
  private final Set<String> forms = new HashSet<>();

  PrintedLines(String output) {
    int block = 0;
    String header = "";
    boolean before = false;
    for (String line : output.lines().toList()) {
      Sentence whole = Sentence.of(line, false);
      forms.addAll(formsOf(whole));
      boolean numbers = !whole.numbers().isEmpty();
      if (!numbers && (before || !whole.words().isEmpty())) {
        block++;
        header = line;
      }
      before = numbers;
      for (String part : pairs(line)) {
        Sentence sentence = part.equals(line) ? whole : Sentence.of(part, false);
        lines.add(new Line(lines.size(), part, sentence, block, header));
      }
    }
  }

  List<Line> lines() {
    return lines;
  }

  boolean hasWord(Sentence.Word word) {
    return meets(forms, word.forms());
  }

  boolean hasSign(char sign) {
    return lines.stream().anyMatch(line -> line.sentence().signs().contains(sign));
  }

  private static Set<String> formsOf(Sentence sentence) {
    Set<String> forms = new HashSet<>();
    sentence.words().forEach(word -> forms.addAll(word.forms()));
    return forms;
  }

  static boolean meets(Set<String> some, Set<String> forms) {
    return forms.stream().anyMatch(some::contains);
  }

  /** "mean: 7, median: 5" as two lines; any other line as it is. */
  private static List<String> pairs(String line) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    int labelled = 0;
    boolean open = false;
    for (int at = 0; at < line.length(); at++) {
      char c = line.charAt(at);
      if (c == ':' || c == '=') {
        int next = at + 1;
        while (next < line.length() && next < at + 4 && " $€£-+".indexOf(line.charAt(next)) >= 0) {
          next++;
        }
        boolean clock = c == ':' && at > 0 && Character.isDigit(line.charAt(at - 1));
        if (!clock && next < line.length() && Character.isDigit(line.charAt(next))) {
          labelled++;
          open = true;
        }
      } else if (open && (" ;".indexOf(c) >= 0 || isSeparator(line, at))) {
        boolean number = Character.isDigit(line.charAt(at - 1)) || line.charAt(at - 1) == '%';
        if (number) {
          parts.add(line.substring(from, at));
          from = at;
          open = false;
        }
      }
    }
    parts.add(line.substring(from));
    return labelled < 2 ? List.of(line) : List.copyOf(parts);
  }

  private static boolean isSeparator(String line, int at) {
    return line.charAt(at) == ','
        && (at + 1 == line.length() || !Character.isDigit(line.charAt(at + 1)));
  }

  private static List<String> cells(String line, Function<String, Stream<String>> way) {
    return way.apply(line.strip())
        .map(String::strip)
        .filter(cell -> !cell.isEmpty())
        .limit(MOST_CELLS)
        .toList();
  }
}

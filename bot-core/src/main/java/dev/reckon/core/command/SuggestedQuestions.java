package dev.reckon.core.command;

import dev.reckon.core.files.FileProfile;
import dev.reckon.core.files.FileProfile.Column;
import dev.reckon.core.label.Label;
import dev.reckon.core.message.Language;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Questions that a table could answer, made from its columns without a model: a measure (an amount
 * rather than a serial number) by a group (few different values rather than names of rows). Only
 * columns whose name is no value are named in them.
 */
final class SuggestedQuestions {
  private static final int MOST = 3;
  private static final int MOST_GROUPS = 40;

  /** So many fit on a phone; a column with no more is asked for before others. */
  private static final int FEW_GROUPS = 12;

  private static final Set<Column.Kind> NUMBERS =
      Set.of(Column.Kind.INTEGER, Column.Kind.NUMBER, Column.Kind.FORMATTED_NUMBER);
  private static final Set<Column.Kind> GROUPS =
      Set.of(Column.Kind.TEXT, Column.Kind.CODE, Column.Kind.BOOLEAN);

  /** Words in the names of numbers that nobody adds up. */
  private static final Set<String> NO_MEASURE =
      all(
          """
          id key code index idx row rank serial seq zip plz postcode postal phone tel fax
          year jahr month monat day tag hour lat latitude lon lng longitude version ean
          isbn sku uuid line
          """);

  /** The same at the end of a name: "invoice number", but not "number of people". */
  private static final Set<String> NO_MEASURE_AT_END =
      Set.of("no", "nr", "num", "number", "nummer");

  /**
   * Words in the names of numbers that people ask for first, in the commonest languages of tables.
   */
  private static final Set<String> MEASURE =
      all(
          """
          amount price cost costs revenue sales total salary income profit value quantity
          qty units balance score weight charges umsatz betrag preis menge gehalt kosten
          wert summe gewinn montant prix importe precio ventas
          """);

  /** Letters of one word; a capital begins a new one. */
  private static final Pattern WORD_BREAK = Pattern.compile("[^\\p{L}]++|(?<=\\p{Ll})(?=\\p{Lu})");

  private SuggestedQuestions() {}

  private static Set<String> all(String words) {
    return Pattern.compile("\\s+").splitAsStream(words).collect(Collectors.toUnmodifiableSet());
  }

  static List<String> about(FileProfile profile, Language language) {
    List<Column> named = profile.columns().stream().filter(Column::named).toList();
    if (profile.columns().isEmpty()) {
      return List.of();
    }
    Optional<Column> amount =
        named.stream()
            .filter(column -> NUMBERS.contains(column.kind()) && !isKey(column))
            .min(Comparator.comparingInt(column -> -interest(column, profile.rows())));
    Optional<Column> group =
        named.stream()
            .filter(column -> GROUPS.contains(column.kind()) && isGroup(column, profile.rows()))
            .min(Comparator.comparing(column -> column.distinct() > FEW_GROUPS));
    Optional<Column> date =
        named.stream().filter(column -> column.kind() == Column.Kind.DATE).findFirst();
    return Stream.of(
            amount.flatMap(
                a -> group.map(g -> Label.QUESTION_AVERAGE.in(language, a.name(), g.name()))),
            amount.flatMap(
                a -> date.map(d -> Label.QUESTION_TOTAL.in(language, a.name(), d.name()))),
            amount.map(a -> Label.QUESTION_HIGHEST.in(language, a.name())),
            group.map(g -> Label.QUESTION_ROWS.in(language, g.name())),
            Optional.of(Label.QUESTION_MISSING.in(language)),
            Optional.of(Label.QUESTION_DUPLICATES.in(language)),
            Optional.of(Label.QUESTION_SUMMARY.in(language)))
        .flatMap(Optional::stream)
        .limit(MOST)
        .toList();
  }

  /** Whether rows share its values, so that there is something to group. */
  private static boolean isGroup(Column column, long rows) {
    return column.distinct() > 1
        && column.distinct() <= MOST_GROUPS
        && (rows <= 3 || column.distinct() <= rows * 2 / 3);
  }

  private static boolean isKey(Column column) {
    List<String> words = words(column.name());
    return words.isEmpty()
        || words.stream().anyMatch(NO_MEASURE::contains)
        || NO_MEASURE_AT_END.contains(words.getLast());
  }

  private static int interest(Column column, long rows) {
    boolean asked = words(column.name()).stream().anyMatch(MEASURE::contains);
    boolean fraction = column.kind() != Column.Kind.INTEGER;
    boolean serial = !fraction && rows > 3 && column.distinct() >= Math.min(rows, 900) * 9 / 10;
    return (asked ? 4 : 0) + (fraction ? 2 : 0) - (serial ? 1 : 0);
  }

  private static List<String> words(String name) {
    return WORD_BREAK
        .splitAsStream(name)
        .filter(word -> !word.isEmpty())
        .map(word -> word.toLowerCase(Locale.ROOT))
        .toList();
  }
}

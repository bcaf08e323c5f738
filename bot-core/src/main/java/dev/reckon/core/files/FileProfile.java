package dev.reckon.core.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What is known about a file, for prompts and for people. All text but {@code kind} and {@code
 * facts} comes from the file and is hostile.
 *
 * @param name as programs open it
 * @param bytes its size
 * @param kind such as {@code CSV table}, {@code JSON}, {@code text}, {@code binary (PNG image)}
 * @param rows of its table; -1 if it is not one
 * @param facts in words, one each: encoding, delimiter, where the table begins; never a value
 * @param columns of a table, or the keys of JSON objects; empty otherwise
 * @param preview the lines that show best what is in it
 */
public record FileProfile(
    String name,
    long bytes,
    String kind,
    long rows,
    List<String> facts,
    List<Column> columns,
    List<String> preview) {
  /**
   * A column.
   *
   * @param name from the header, or its number where there is none
   * @param named whether the name is a name of the file's and no value: it comes from a header, or
   *     is a key that most of several JSON objects share
   * @param kind what the values have in common
   * @param type the same in words, with what matters for reading them
   * @param nulls how many values are empty or stand for nothing
   * @param distinct about how many different values there are; 1,000 for that many and more
   * @param samples a few values
   */
  public record Column(
      String name,
      boolean named,
      Kind kind,
      String type,
      long nulls,
      int distinct,
      List<String> samples) {
    /** What the values of a column have in common. */
    public enum Kind {
      EMPTY,
      INTEGER,
      NUMBER,
      FORMATTED_NUMBER,
      CODE,
      DATE,
      TIME,
      BOOLEAN,
      TEXT,
      MIXED,
      NESTED
    }

    public Column {
      samples = List.copyOf(samples);
    }
  }

  /** Names of columns are shown until so many characters are used up, then those that matter. */
  private static final int NAME_BUDGET = 12_000;

  /** Columns with type, empty values and samples; the names of more follow on one line. */
  private static final int MOST_DETAILED = 60;

  private static final int LONGEST_NAME = 120;

  /** How the kinds of JSON begin. */
  private static final String JSON = "JSON";

  /** Names that may be values: numbers, dates, addresses, long digits. Linear: possessive. */
  private static final Pattern LIKE_DATA =
      Pattern.compile("[^\\p{L}]*+|.*@.*|\\D*+\\d{5,}+.*", Pattern.DOTALL);

  private static final int LONGEST_PLAIN_NAME = 60;

  public FileProfile {
    facts = List.copyOf(facts);
    columns = List.copyOf(columns);
    preview = List.copyOf(preview);
  }

  /** The profile of a file about which nothing could be found out. */
  public static FileProfile unread(String name, long bytes, String why) {
    return new FileProfile(name, bytes, "unread", -1, List.of(why), List.of(), List.of());
  }

  /** The same under another name. */
  public FileProfile named(String other) {
    return new FileProfile(other, bytes, kind, rows, facts, columns, preview);
  }

  /** The same with the name by which the person knows what it came from. */
  public FileProfile attachedAs(String known) {
    List<String> more = new ArrayList<>(facts);
    more.addFirst("attached as " + quoted(known));
    return new FileProfile(name, bytes, kind, rows, more, columns, preview);
  }

  /**
   * With at most so many values of each column and lines. With 0, nothing in it is a value of the
   * file: the keys of JSON, and a column's name that may be a value, give way to their numbers.
   */
  public FileProfile showing(int most) {
    boolean keys = kind.startsWith(JSON) && !columns.isEmpty();
    FileProfile shown = showing(most, most == 0, most == 0 && keys);
    if (most > 0 || !keys) {
      return shown;
    }
    List<String> more = new ArrayList<>(facts);
    more.add(
        "keys are private and stand here as numbers, in the order in which they first occur: take"
            + " them from the data, never guess them");
    return new FileProfile(name, bytes, kind, rows, more, shown.columns(), shown.preview());
  }

  /** Without values, and with the names that are none: for questions that a person may choose. */
  public FileProfile withPlainNames() {
    return showing(0, true, false);
  }

  private FileProfile showing(int most, boolean plainNames, boolean numbers) {
    List<Column> shown = new ArrayList<>(columns.size());
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      boolean hidden = numbers || (plainNames && (!column.named() || mayBeData(column.name())));
      shown.add(
          new Column(
              hidden ? String.valueOf(i + 1) : column.name(),
              column.named() && !hidden,
              column.kind(),
              column.type(),
              column.nulls(),
              column.distinct(),
              column.samples().subList(0, Math.min(most, column.samples().size()))));
    }
    int lines = most == 0 ? 0 : Math.min(most + 1, preview.size());
    return new FileProfile(name, bytes, kind, rows, facts, shown, preview.subList(0, lines));
  }

  /**
   * Without samples and preview, and with every column's own name. For the person whose file it is
   * and for code that looks columns up, never for a prompt: a name may be a value.
   */
  public FileProfile withoutSamples() {
    List<Column> bare =
        columns.stream()
            .map(
                c ->
                    new Column(
                        c.name(),
                        c.named(),
                        c.kind(),
                        c.type(),
                        c.nulls(),
                        c.distinct(),
                        List.of()))
            .toList();
    return new FileProfile(name, bytes, kind, rows, facts, bare, List.of());
  }

  private static boolean mayBeData(String name) {
    return name.length() > LONGEST_PLAIN_NAME || LIKE_DATA.matcher(name).matches();
  }

  /**
   * The profile in words, for a prompt; the caller fences it. All columns are named as far as they
   * fit, and whatever their number those whose name occurs in the request.
   */
  public String words(String request) {
    StringBuilder words = new StringBuilder();
    words.append(name).append(": ").append(kind).append(", ").append(bytes).append(" bytes");
    facts.forEach(fact -> words.append("; ").append(fact));
    words.append('\n');
    Set<Integer> detailed = new TreeSet<>();
    for (int i = 0; i < Math.min(MOST_DETAILED, columns.size()); i++) {
      detailed.add(i);
    }
    String asked = request.toLowerCase(Locale.ROOT);
    for (int i = MOST_DETAILED; i < columns.size() && !asked.isEmpty(); i++) {
      String wanted = columns.get(i).name().toLowerCase(Locale.ROOT).strip();
      if (detailed.size() < 2 * MOST_DETAILED && wanted.length() > 1 && asked.contains(wanted)) {
        detailed.add(i);
      }
    }
    detailed.forEach(i -> detail(columns.get(i), words));
    others(detailed, words);
    if (!preview.isEmpty()) {
      words.append("begins:\n");
      preview.forEach(line -> words.append("  ").append(line).append('\n'));
    }
    return words.toString();
  }

  private static void detail(Column column, StringBuilder words) {
    words.append("- column ").append(quoted(column.name())).append(": ").append(column.type());
    words.append(", ").append(column.nulls()).append(" empty");
    if (!column.samples().isEmpty()) {
      words.append(", such as ");
      words.append(String.join(", ", column.samples().stream().map(FileProfile::quoted).toList()));
    }
    words.append('\n');
  }

  private void others(Set<Integer> detailed, StringBuilder words) {
    if (detailed.size() == columns.size()) {
      return;
    }
    int start = words.length();
    int left = 0;
    words.append("- other columns: ");
    for (int i = 0; i < columns.size(); i++) {
      if (detailed.contains(i)) {
        continue;
      }
      if (words.length() - start > NAME_BUDGET) {
        left++;
      } else {
        words.append(quoted(columns.get(i).name())).append(' ');
      }
    }
    words.append(left == 0 ? "\n" : "and " + left + " more\n");
  }

  private static String quoted(String text) {
    String cut = text.length() <= LONGEST_NAME ? text : text.substring(0, LONGEST_NAME) + "…";
    return '"' + cut.replace("\n", "\\n").replace("\"", "\\\"") + '"';
  }
}

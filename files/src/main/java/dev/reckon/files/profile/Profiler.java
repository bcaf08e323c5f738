package dev.reckon.files.profile;

import dev.reckon.files.encoding.BinaryKind;
import dev.reckon.files.encoding.TextDecoder.DecodedText;
import dev.reckon.files.limit.Excerpts;
import dev.reckon.files.limit.ReadLimits;
import dev.reckon.files.profile.ContentProfile.Encoding;
import dev.reckon.files.profile.ContentProfile.Kind;
import dev.reckon.files.profile.ContentProfile.Line;
import dev.reckon.files.profile.ContentProfile.Table;
import dev.reckon.files.table.ColumnTally;
import dev.reckon.files.table.TableReader;
import dev.reckon.files.table.TableReader.TableFound;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds out what a file is, from its content; its name only decides doubtful cases. Immutable. */
public final class Profiler {
  private static final String PLAIN = "text";
  private static final int LINE = 200;
  private static final int LONGEST_NAME = 300;

  /** Within so many characters a rule of dashes is looked for, with so many columns. */
  private static final int MOST_RULE = 4_000;

  private static final int MOST_STARTS = 60;

  private final ReadLimits limits;
  private final JsonProfiler json;
  private final TableReader tables;

  public Profiler(ReadLimits limits) {
    this.limits = limits;
    this.json = new JsonProfiler(limits);
    this.tables = new TableReader(limits.columns(), limits.samples());
  }

  /** The profile of bytes that are no text. */
  public ContentProfile binary(byte[] content) {
    String kind = BinaryKind.of(content);
    boolean empty = content.length == 0;
    String label =
        empty ? "empty file" : "binary (%s)".formatted(kind.isEmpty() ? "unknown" : kind);
    return new ContentProfile(
        empty ? Kind.EMPTY : Kind.BINARY,
        label,
        content.length,
        null,
        0,
        null,
        List.of(),
        List.of(),
        List.of());
  }

  /**
   * The profile of text.
   *
   * @param name as programs open it
   * @param bytes of the text in UTF-8
   */
  public ContentProfile text(String name, DecodedText decoded, long bytes) {
    String text = decoded.text();
    Encoding encoding = new Encoding(decoded.encoding(), decoded.replaced(), decoded.nuls());
    List<String> facts = new ArrayList<>();
    facts.add(encodingFact(decoded));
    if (text.isEmpty()) {
      return new ContentProfile(
          Kind.EMPTY, "empty file", bytes, encoding, 0, null, List.of(), facts, List.of());
    }
    Optional<JsonProfiler.JsonFound> object = json.read(text);
    if (object.isPresent()) {
      return json(object.get(), text, bytes, encoding, facts);
    }
    String lower = name.toLowerCase(Locale.ROOT);
    boolean named = lower.endsWith(".csv") || lower.endsWith(".tsv") || lower.endsWith(".tab");
    Optional<TableFound> table =
        label(text).equals(PLAIN) ? tables.read(text, named) : Optional.empty();
    if (table.isPresent()) {
      return table(table.get(), text, bytes, encoding, facts);
    }
    long lines = lines(text);
    facts.add(counted(lines, "line"));
    if (lower.endsWith("json")) {
      facts.add(
          "named as JSON, but not one JSON object or array: look at it before parsing (comments,"
              + " trailing commas, several values one after another)");
    }
    fixedWidth(text).ifPresent(facts::add);
    return new ContentProfile(
        Kind.TEXT, label(text), bytes, encoding, lines, null, List.of(), facts, preview(text, 1));
  }

  /** Where columns begin, by a line of dashes below their names; empty without one. */
  private static Optional<String> fixedWidth(String text) {
    List<String> first =
        text.substring(0, Math.min(text.length(), MOST_RULE)).lines().limit(5).toList();
    for (int line = 1; line < first.size(); line++) {
      String rule = first.get(line);
      List<String> starts = new ArrayList<>();
      boolean dashes = true;
      for (int i = 0; i < rule.length(); i++) {
        char c = rule.charAt(i);
        dashes &= c == '-' || c == '=' || c == ' ';
        if (c != ' ' && (i == 0 || rule.charAt(i - 1) == ' ')) {
          starts.add(String.valueOf(i + 1));
        }
      }
      if (dashes && starts.size() > 1 && starts.size() <= MOST_STARTS) {
        return Optional.of(
            "columns of fixed width: line %d is a rule of dashes; they begin at characters %s"
                .formatted(line + 1, String.join(", ", starts)));
      }
    }
    return Optional.empty();
  }

  /** Pages and XML are text too; programs of the business world call them {@code .xls}. */
  private static String label(String text) {
    String start =
        text.substring(0, Math.min(text.length(), 200)).stripLeading().toLowerCase(Locale.ROOT);
    if (start.startsWith("<!doctype html")
        || start.startsWith("<html")
        || start.startsWith("<table")) {
      return "HTML page; html.parser can read it";
    }
    return start.startsWith("<?xml") ? "XML; xml.etree can read it" : PLAIN;
  }

  private ContentProfile json(
      JsonProfiler.JsonFound found,
      String text,
      long bytes,
      Encoding encoding,
      List<String> facts) {
    facts.add(found.shape());
    if (found.keysLeftOut() > 0) {
      facts.add(
          "only the first %d keys are described (files.columns)".formatted(found.columns().size()));
    }
    return new ContentProfile(
        found.lines() ? Kind.JSON_LINES : Kind.JSON,
        found.lines() ? "JSON lines" : "JSON",
        bytes,
        encoding,
        lines(text),
        null,
        found.columns(),
        facts,
        preview(text, 1));
  }

  private ContentProfile table(
      TableFound found, String text, long bytes, Encoding encoding, List<String> facts) {
    long begins = found.headerRecords() > 0 ? found.headerLine() : found.firstRowLine();
    Table table =
        new Table(
            sign(found.dialect().delimiter()),
            found.quotes() ? sign(found.dialect().quote()) : "",
            sign(found.dialect().escape()),
            sign(found.dialect().comment()),
            Math.max(0, begins - 1),
            found.headerLine(),
            found.headerRecords(),
            found.firstRowLine(),
            found.rows(),
            found.width(),
            found.ragged(),
            found.footerLine(),
            found.footerRecords(),
            found.totalRows());
    facts.addAll(tableFacts(found, table));
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < found.columns().size(); i++) {
      ColumnTally tally = found.columns().get(i);
      boolean named = i < found.names().size() && !found.names().get(i).isEmpty();
      String name = named ? found.names().get(i) : String.valueOf(i + 1);
      columns.add(
          new Column(
              Excerpts.cut(name, LONGEST_NAME),
              named,
              Column.Type.valueOf(tally.type().name()),
              tally.words(),
              tally.nulls(),
              tally.distinct(),
              tally.samples()));
    }
    String label = found.dialect().delimiter() == '\t' ? "table with tabs" : "CSV table";
    return new ContentProfile(
        Kind.TABLE,
        label,
        bytes,
        encoding,
        lines(text),
        table,
        columns,
        facts,
        preview(text, begins));
  }

  private static String encodingFact(DecodedText decoded) {
    boolean utf8 = decoded.encoding().equals("utf-8");
    StringBuilder fact =
        new StringBuilder(
            utf8
                ? "encoding utf-8"
                : named(decoded.encoding()) + ", kept as UTF-8 (open it as utf-8)");
    if (utf8 && decoded.mark()) {
      fact.append(", a byte order mark was taken off");
    }
    if (decoded.replaced() > 0) {
      fact.append("; %d bytes were not text and became U+FFFD".formatted(decoded.replaced()));
    }
    if (decoded.nuls() > 0) {
      fact.append("; %d NUL characters were taken out".formatted(decoded.nuls()));
    }
    return fact.toString();
  }

  /** As people write it, such as {@code Windows-1252}. */
  private static String named(String encoding) {
    String name = Charset.forName(encoding).name();
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  private static List<String> tableFacts(TableFound found, Table table) {
    List<String> facts = new ArrayList<>();
    facts.add("delimiter " + words(found.dialect().delimiter()));
    if (found.quotes() && found.dialect().quote() != '"') {
      facts.add("values are quoted by " + table.quote());
    }
    if (found.dialect().escape() != 0) {
      facts.add("a backslash escapes quotes and delimiters");
    }
    if (found.dialect().comment() != 0) {
      facts.add("lines that begin with %s are comments".formatted(table.comment()));
    }
    whole(found).ifPresent(facts::add);
    if (found.firstUnnamed()) {
      facts.add(
          "the header has one name less than the rows have values: its first name belongs to the"
              + " second column, and the first column has none");
    }
    if (found.separatorLine()) {
      facts.add("line 1 only names the delimiter (sep=)");
    }
    if (table.headerLine() == 1) {
      facts.add(
          table.headerLines() == 1
              ? "first line is the header"
              : "the header takes the first %d records; names are joined by \" / \""
                  .formatted(table.headerLines()));
    } else if (table.headerLine() > 0) {
      facts.add(
          table.headerLines() == 1
              ? "the header is line %d: skip the %s before it"
                  .formatted(table.headerLine(), counted(table.headerLine() - 1, "line"))
              : "the header begins on line %d and takes %d records: skip the lines before it; names are joined by \" / \""
                  .formatted(table.headerLine(), table.headerLines()));
    } else {
      facts.add("the first line is not a header");
      if (table.firstRowLine() > 1) {
        facts.add("data begins on line " + table.firstRowLine());
      }
    }
    if (table.headerLine() > 0 && table.firstRowLine() > table.headerLine() + 1) {
      facts.add("data begins on line " + table.firstRowLine());
    }
    facts.add(counted(table.rows(), "row") + (table.headerLine() > 0 ? " after the header" : ""));
    facts.add(counted(table.width(), "column"));
    if (table.width() > found.columns().size()) {
      facts.add(
          "only the first %d columns are described (files.columns)"
              .formatted(found.columns().size()));
    }
    if (table.ragged() > 0) {
      facts.add(
          counted(table.ragged(), "row")
              + (table.ragged() == 1 ? " has" : " have")
              + " another number of values");
    }
    if (found.blankRows() > 0) {
      facts.add(
          counted(found.blankRows(), "row")
              + (found.blankRows() == 1 ? " among them is blank" : " among them are blank"));
    }
    if (found.firstIsTotal()) {
      facts.add("the first row is a total: leave out of sums");
    }
    if (table.totalRows() > 0) {
      facts.add(
          "the last %s: leave out of sums"
              .formatted(
                  table.totalRows() == 1
                      ? "row is a total"
                      : table.totalRows() + " rows are totals"));
    }
    if (table.footerLine() > 0) {
      facts.add(
          "from line %d on there are notes, no rows (%s)"
              .formatted(table.footerLine(), counted(table.footerLines(), "line")));
    }
    return facts;
  }

  /** Some programs quote whole lines, so that each line is one value that is CSV in itself. */
  private static Optional<String> whole(TableFound found) {
    if (found.dialect().delimiter() != 0 || !found.quotes() || found.names().isEmpty()) {
      return Optional.empty();
    }
    for (char delimiter : new char[] {',', ';', '\t', '|'}) {
      boolean each =
          found.names().getFirst().indexOf(delimiter) >= 0
              && found.columns().getFirst().samples().stream()
                  .allMatch(value -> value.indexOf(delimiter) >= 0);
      if (each) {
        return Optional.of(
            "each line is quoted as a whole: read it as one value, then read that value again as"
                + " CSV with delimiter "
                + words(delimiter));
      }
    }
    return Optional.empty();
  }

  private static String counted(long number, String thing) {
    return number == 1 ? "1 " + thing : number + " " + thing + "s";
  }

  private static String sign(char c) {
    return c == 0 ? "" : String.valueOf(c);
  }

  private static String words(char delimiter) {
    return switch (delimiter) {
      case 0 -> "none, one column";
      case '\t' -> "tab";
      case ';' -> "semicolon";
      case '|' -> "vertical bar";
      case ',' -> "comma";
      case ' ' -> "blanks";
      case ':' -> "colon";
      case 1 -> "control character 1";
      default -> String.valueOf(delimiter);
    };
  }

  private List<Line> preview(String text, long from) {
    List<Line> preview = new ArrayList<>();
    int start = 0;
    long number = 1;
    while (start < text.length() && preview.size() <= limits.samples()) {
      int end = lineEnd(text, start);
      if (number >= from) {
        // A copy of one character more than is shown, however long the line is.
        String line = text.substring(start, Math.min(end, start + LINE + 1));
        preview.add(new Line(number, Excerpts.cut(line, LINE)));
      }
      start =
          end
              + (end + 1 < text.length() && text.charAt(end) == '\r' && text.charAt(end + 1) == '\n'
                  ? 2
                  : 1);
      number++;
    }
    return preview;
  }

  private static int lineEnd(String text, int start) {
    int end = start;
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    return end;
  }

  private static long lines(String text) {
    long lines = 0;
    for (int start = 0; start < text.length(); lines++) {
      int end = lineEnd(text, start);
      start =
          end
              + (end + 1 < text.length() && text.charAt(end) == '\r' && text.charAt(end + 1) == '\n'
                  ? 2
                  : 1);
    }
    return lines;
  }
}

package dev.reckon.files.profile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a file is. Names of columns, samples and the preview come from the file and are hostile;
 * they may be shown to a model only as far as the conversation's settings allow. {@code label} and
 * {@code facts} never hold a value of the file.
 *
 * @param kind what it is
 * @param label the kind in words, such as {@code CSV table} or {@code binary (PNG image)}
 * @param bytes of its content
 * @param encoding how its text was stored; null for binary and empty files
 * @param lines of its text, 0 for binary files
 * @param table where its table lies; null if it is not one
 * @param columns of the table, or the keys of a JSON file's objects; bounded by the reader's limits
 * @param facts all of the above in sentences for a prompt, one fact each
 * @param preview the lines that show best what is in it: for a table those from its header on
 */
public record ContentProfile(
    Kind kind,
    String label,
    long bytes,
    @Nullable Encoding encoding,
    long lines,
    @Nullable Table table,
    List<Column> columns,
    List<String> facts,
    List<Line> preview) {

  /** Kinds of files. */
  public enum Kind {
    EMPTY,
    TABLE,
    JSON,
    JSON_LINES,
    TEXT,
    BINARY
  }

  /**
   * How text was stored before it was converted to UTF-8.
   *
   * @param name such as {@code utf-8}, {@code windows-1252}, {@code utf-16le}
   * @param replaced bytes that are no text in this encoding; each became U+FFFD
   * @param nuls NUL characters that the text holds
   */
  public record Encoding(String name, long replaced, long nuls) {}

  /**
   * Where a table is in its file, and how it is written. Lines count from 1, as an editor shows
   * them; 0 stands for none.
   *
   * @param delimiter one character
   * @param quote one character, or empty when nothing is quoted
   * @param escape one character, or empty when quotes are doubled
   * @param comment the sign that begins lines to skip, or empty
   * @param linesBefore lines before the table: titles, notes, blank lines
   * @param headerLine the line with the columns' names, 0 without a header
   * @param headerLines lines that the header takes: more than 1 for headers in several rows
   * @param firstRowLine the line of the first row of data
   * @param rows of data, without header and footers
   * @param width columns in the file, even where fewer are profiled
   * @param ragged rows with another number of values
   * @param footerLine where notes after the table begin, 0 without any
   * @param footerLines lines of such notes
   * @param totalRows rows of totals among the data's last rows
   */
  public record Table(
      String delimiter,
      String quote,
      String escape,
      String comment,
      long linesBefore,
      long headerLine,
      int headerLines,
      long firstRowLine,
      long rows,
      int width,
      long ragged,
      long footerLine,
      int footerLines,
      int totalRows) {}

  /**
   * A line of the file, cut to a readable length.
   *
   * @param number from 1
   */
  public record Line(long number, String text) {}

  public ContentProfile {
    columns = List.copyOf(columns);
    facts = List.copyOf(facts);
    preview = List.copyOf(preview);
  }
}

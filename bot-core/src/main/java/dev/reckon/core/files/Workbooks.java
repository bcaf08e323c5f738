package dev.reckon.core.files;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.jspecify.annotations.Nullable;

/** Turns XLSX workbooks into CSV: one table for each sheet, formulas as their values. */
final class Workbooks {
  private final FileLimits limits;

  Workbooks(FileLimits limits) {
    this.limits = limits;
  }

  /**
   * The sheets that hold anything.
   *
   * @param stem what the tables are called; the sheet's name follows where there are several
   */
  List<Unpacking.Part> tables(String stem, byte[] content) throws IOException {
    List<Unpacking.Part> tables = new ArrayList<>();
    try (ReadableWorkbook workbook =
        new ReadableWorkbook(new ByteArrayInputStream(content), new ReadingOptions(true, true))) {
      List<Sheet> sheets = workbook.getSheets().toList();
      for (Sheet sheet : sheets) {
        String csv = csv(sheet, stem);
        if (!csv.isBlank()) {
          String name = sheets.size() == 1 ? stem : stem + "-" + sheet.getName().replace('/', '-');
          tables.add(new Unpacking.Part(name + ".csv", csv.getBytes(StandardCharsets.UTF_8)));
        }
        if (tables.size() == limits.unpackedFiles()) {
          break;
        }
      }
    } catch (ExcelReaderException e) {
      throw new IOException(stem + " is no workbook that can be read. Save it as CSV.", e);
    }
    return tables;
  }

  private String csv(Sheet sheet, String stem) throws IOException {
    StringBuilder text = new StringBuilder();
    try (CSVPrinter printer = new CSVPrinter(text, CSVFormat.RFC4180);
        Stream<Row> rows = sheet.openStream()) {
      int blank = 0;
      for (Iterator<Row> each = rows.iterator(); each.hasNext(); ) {
        List<String> values = values(each.next());
        if (values.stream().allMatch(String::isEmpty)) {
          blank++;
          continue;
        }
        // Blank rows inside a table count, those around it do not.
        for (; blank > 0 && !text.isEmpty(); blank--) {
          printer.println();
        }
        blank = 0;
        printer.printRecord(values);
        if (text.length() > limits.fileBytes()) {
          throw new IOException(
              "%s is too large: a sheet may have %d MiB as CSV."
                  .formatted(stem, limits.fileBytes() >> 20));
        }
      }
    }
    return text.toString();
  }

  private static List<String> values(Row row) {
    List<String> values = new ArrayList<>();
    for (Cell cell : row) {
      values.add(value(cell));
    }
    return values;
  }

  private static String value(@Nullable Cell cell) {
    if (cell == null) {
      return "";
    }
    return switch (cell.getType()) {
      case NUMBER -> number(cell);
      case STRING -> Objects.requireNonNullElse(cell.asString(), "");
      case BOOLEAN -> cell.asBoolean() ? "TRUE" : "FALSE";
      case FORMULA, ERROR -> Objects.requireNonNullElse(cell.getRawValue(), "");
      case EMPTY -> "";
    };
  }

  private static String number(Cell cell) {
    if (isDate(cell.getDataFormatString())) {
      LocalDateTime time = cell.asDate();
      return time.toLocalTime().equals(LocalTime.MIDNIGHT)
          ? time.toLocalDate().toString()
          : time.toString();
    }
    BigDecimal number = cell.asNumber();
    return number.stripTrailingZeros().toPlainString();
  }

  /** Whether a number's format shows a day: quoted text and colours in brackets are no pattern. */
  private static boolean isDate(@Nullable String format) {
    if (format == null) {
      return false;
    }
    String pattern =
        format.toLowerCase(Locale.ROOT).replaceAll("\"[^\"]*\"|\\[[^\\]]*\\]|\\\\.", "");
    return pattern.contains("d") || pattern.contains("yy") || pattern.contains("h:");
  }
}

package dev.reckon.files.workbook;

import dev.reckon.files.limit.ReadLimits;
import dev.reckon.files.limit.UnreadableFileException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.poi.EncryptedDocumentException;
import org.apache.poi.hssf.OldExcelFormatException;
import org.apache.poi.hssf.usermodel.HSSFSheet;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.poifs.filesystem.DirectoryNode;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.FormulaError;
import org.apache.poi.ss.usermodel.Row;

/** Reads Excel's older format, and names what else such a container may hold. Not thread-safe. */
public final class XlsReader {
  /** As far as a damaged container is searched for its directory. */
  private static final int DIRECTORY = 1 << 20;

  private final ReadLimits limits;
  private final String name;

  /**
   * A reader of one workbook.
   *
   * @param name the file's, for messages
   */
  public XlsReader(ReadLimits limits, String name) {
    this.limits = limits;
    this.name = name;
  }

  /**
   * Reads all sheets.
   *
   * @throws UnreadableFileException with a sentence for the sender
   */
  public WorkbookTables read(byte[] content) throws UnreadableFileException {
    try (POIFSFileSystem container = new POIFSFileSystem(new ByteArrayInputStream(content))) {
      DirectoryNode root = container.getRoot();
      if (root.hasEntryCaseInsensitive("EncryptedPackage")
          || root.hasEntryCaseInsensitive("EncryptionInfo")) {
        throw protectedByPassword();
      }
      if (!root.hasEntryCaseInsensitive("Workbook") && !root.hasEntryCaseInsensitive("Book")) {
        throw new UnreadableFileException(
            root.hasEntryCaseInsensitive("WordDocument")
                ? name
                    + " is a Word document in the older format. Save it as text or CSV, and send"
                    + " that."
                : name
                    + " is an Office file that cannot be read here. Save it as CSV or text, and"
                    + " send that.");
      }
      try (HSSFWorkbook workbook = new HSSFWorkbook(root, false)) {
        return tables(workbook);
      }
    } catch (EncryptedDocumentException e) {
      throw protectedByPassword();
    } catch (OldExcelFormatException e) {
      throw new UnreadableFileException(
          name
              + " is in a format of Excel from before 1997. Save it as .xlsx or CSV, and send"
              + " that.");
    } catch (IOException | RuntimeException e) {
      if (holds(content, "EncryptionInfo") || holds(content, "EncryptedPackage")) {
        throw protectedByPassword();
      }
      throw new UnreadableFileException(
          name
              + " looks like a workbook in Excel's older format, but is damaged. Save it as .xlsx"
              + " or CSV, and send that.");
    }
  }

  /** Whether an entry of that name occurs in the container's directory, however damaged it is. */
  private static boolean holds(byte[] content, String entry) {
    byte[] wanted = entry.getBytes(StandardCharsets.UTF_16LE);
    int last = Math.min(content.length, DIRECTORY) - wanted.length;
    for (int i = 0; i <= last; i += 64) {
      if (Arrays.equals(content, i, i + wanted.length, wanted, 0, wanted.length)) {
        return true;
      }
    }
    return false;
  }

  private UnreadableFileException protectedByPassword() {
    return new UnreadableFileException(
        name
            + " is protected by a password. Remove the password, or save it as CSV, and send"
            + " that.");
  }

  private WorkbookTables tables(HSSFWorkbook workbook) throws UnreadableFileException {
    boolean from1904 = workbook.getInternalWorkbook().isUsing1904DateWindowing();
    List<SheetTable> tables = new ArrayList<>();
    List<String> notices = new ArrayList<>();
    int sheets = workbook.getNumberOfSheets();
    for (int i = 0; i < sheets && tables.size() < limits.files(); i++) {
      HSSFSheet sheet = workbook.getSheetAt(i);
      String label = "Sheet \"%s\" of %s".formatted(sheet.getSheetName(), name);
      SheetWriter writer = new SheetWriter(limits, label);
      for (Row row : sheet) {
        writer.beginRow(row.getRowNum());
        for (Cell cell : row) {
          writer.cell(cell.getColumnIndex(), value(cell, from1904));
        }
        writer.endRow();
      }
      String csv = writer.csv();
      if (!csv.isEmpty()) {
        tables.add(new SheetTable(sheet.getSheetName(), csv));
        if (workbook.isSheetHidden(i) || workbook.isSheetVeryHidden(i)) {
          notices.add(label + " is hidden in the workbook; it was read nevertheless.");
        }
        if (sheet.getNumMergedRegions() > 0) {
          notices.add(
              "%s has merged cells (%d range%s): the value is in the first cell of each, the others are blank."
                  .formatted(
                      label,
                      sheet.getNumMergedRegions(),
                      sheet.getNumMergedRegions() == 1 ? "" : "s"));
        }
      }
    }
    return new WorkbookTables(tables, sheets, notices);
  }

  private static String value(Cell cell, boolean from1904) {
    CellType type =
        cell.getCellType() == CellType.FORMULA
            ? cell.getCachedFormulaResultType()
            : cell.getCellType();
    return switch (type) {
      case NUMERIC -> {
        int id = cell.getCellStyle().getDataFormat();
        CellFormat format =
            id < 164
                ? CellFormat.builtIn(id)
                : CellFormat.of(String.valueOf(cell.getCellStyle().getDataFormatString()));
        yield format.show(String.valueOf(cell.getNumericCellValue()), from1904);
      }
      case STRING -> cell.getStringCellValue();
      case BOOLEAN -> cell.getBooleanCellValue() ? "TRUE" : "FALSE";
      case ERROR ->
          FormulaError.isValidCode(cell.getErrorCellValue())
              ? FormulaError.forInt(cell.getErrorCellValue()).getString()
              : "#ERROR";
      case BLANK, FORMULA, _NONE -> "";
    };
  }
}

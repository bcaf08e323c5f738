package dev.reckon.files.workbook;

import java.util.List;

/**
 * The sheets of a workbook that hold anything.
 *
 * @param sheets how many sheets the workbook has, empty ones and charts included
 * @param notices what was left out, or is not as a reader of the CSV would expect
 */
public record WorkbookTables(List<SheetTable> tables, int sheets, List<String> notices) {
  public WorkbookTables {
    tables = List.copyOf(tables);
    notices = List.copyOf(notices);
  }
}

package dev.reckon.files.workbook;

/**
 * A sheet as CSV.
 *
 * @param sheet its name
 */
public record SheetTable(String sheet, String csv) {}

/**
 * Workbooks as tables: XLSX, the older XLS, and OpenDocument. Values are written as the sheet shows
 * them where the number alone would mislead (dates, times, leading zeros, percent), and exactly
 * otherwise. Cells are read one by one from a stream; no sheet is ever in memory as a grid.
 */
@NullMarked
package dev.reckon.files.workbook;

import org.jspecify.annotations.NullMarked;

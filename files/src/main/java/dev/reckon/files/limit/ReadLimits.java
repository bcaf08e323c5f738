package dev.reckon.files.limit;

/**
 * How much may come of one attached file.
 *
 * @param fileBytes of each file that is read, unpacked and in UTF-8
 * @param totalBytes of all files that one attachment holds, unpacked
 * @param files out of one archive or workbook
 * @param entries in an archive's directory, read or not
 * @param columns of a table; a sheet's cells beyond it and the columns of a CSV file beyond it are
 *     not read or profiled
 * @param cells of one workbook's sheet, cells that are left blank between others included
 * @param cellCharacters of one cell of a workbook or one column's name
 * @param sharedStrings of a workbook
 * @param nesting of archives in archives, of JSON values, of XML elements
 * @param notices about one attachment
 * @param samples of a column, and lines of a preview
 */
public record ReadLimits(
    long fileBytes,
    long totalBytes,
    int files,
    int entries,
    int columns,
    long cells,
    int cellCharacters,
    int sharedStrings,
    int nesting,
    int notices,
    int samples) {
  /**
   * 20 MiB a file, 100 MiB and 50 files an attachment; the widest sheet that Excel knows (16,384
   * columns, 32,767 characters a cell).
   */
  public static final ReadLimits DEFAULT =
      new ReadLimits(
          20L << 20, 100L << 20, 50, 10_000, 16_384, 5_000_000, 32_767, 1_000_000, 64, 20, 10);

  public ReadLimits {
    if (fileBytes < 1
        || totalBytes < 1
        || files < 1
        || entries < 1
        || columns < 1
        || cells < 1
        || cellCharacters < 1
        || sharedStrings < 1
        || nesting < 1
        || notices < 1
        || samples < 0) {
      throw new IllegalArgumentException("limits of reading must be positive: " + this);
    }
  }
}

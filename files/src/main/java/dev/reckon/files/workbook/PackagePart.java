package dev.reckon.files.workbook;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Opens the entries of the ZIP archive that a workbook is. */
public interface PackagePart {
  /** The entry's bytes, inflated while they are read; null when there is none of that name. */
  @Nullable InputStream open(String name) throws IOException;
}

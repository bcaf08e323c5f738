package dev.reckon.files.child;

import dev.reckon.files.limit.ReadLimits;
import java.util.Properties;

/** What the parent sets by system properties of the child; what it leaves out has its default. */
final class ChildLimits {
  private static final String PREFIX = "reckon.files.";

  private ChildLimits() {}

  static ReadLimits of(Properties properties) {
    ReadLimits usual = ReadLimits.DEFAULT;
    return new ReadLimits(
        number(properties, "fileBytes", usual.fileBytes()),
        number(properties, "totalBytes", usual.totalBytes()),
        Math.toIntExact(number(properties, "files", usual.files())),
        Math.toIntExact(number(properties, "entries", usual.entries())),
        Math.toIntExact(number(properties, "columns", usual.columns())),
        number(properties, "cells", usual.cells()),
        usual.cellCharacters(),
        usual.sharedStrings(),
        Math.toIntExact(number(properties, "nesting", usual.nesting())),
        usual.notices(),
        usual.samples());
  }

  /** Whether the child locks itself; only one that trains an AOT cache does not. */
  static boolean isLocked(Properties properties) {
    return !"false".equals(properties.getProperty(PREFIX + "lockdown"));
  }

  private static long number(Properties properties, String name, long otherwise) {
    String given = properties.getProperty(PREFIX + name);
    return given == null ? otherwise : Long.parseLong(given);
  }
}

package dev.reckon.sandbox.worker;

import dev.reckon.sandbox.GuestError;
import dev.reckon.sandbox.SourceReport;
import dev.reckon.sandbox.SourceReport.Trait;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/** Makes a {@link SourceReport} of the rows that {@code screening.py} gives. */
final class SourceReports {
  private SourceReports() {}

  static SourceReport of(Value rows) {
    List<SourceReport.Import> imports = new ArrayList<>();
    List<SourceReport.Use> uses = new ArrayList<>();
    Set<Trait> traits = EnumSet.noneOf(Trait.class);
    Map<String, Value> single = new HashMap<>();
    for (long i = 0; i < rows.getArraySize(); i++) {
      Value row = rows.getArrayElement(i);
      String text = row.getArrayElement(1).asString();
      int line = row.getArrayElement(2).asInt();
      boolean flag = row.getArrayElement(3).asBoolean();
      switch (row.getArrayElement(0).asString()) {
        case "import" -> imports.add(new SourceReport.Import(text, line, flag));
        case "use" -> uses.add(new SourceReport.Use(text, line, flag));
        case "trait" -> traits.add(Trait.valueOf(text));
        case String kind -> single.put(kind, row);
      }
    }
    return new SourceReport(error(single), number(single, "lines"), imports, uses, traits);
  }

  private static @Nullable GuestError error(Map<String, Value> rows) {
    if (!rows.containsKey("error")) {
      return null;
    }
    return new GuestError(
        text(rows, "error"), text(rows, "message"), number(rows, "error"), text(rows, "traceback"));
  }

  private static String text(Map<String, Value> rows, String kind) {
    Value row = rows.get(kind);
    return row == null ? "" : row.getArrayElement(1).asString();
  }

  private static int number(Map<String, Value> rows, String kind) {
    Value row = rows.get(kind);
    return row == null ? 0 : row.getArrayElement(2).asInt();
  }
}

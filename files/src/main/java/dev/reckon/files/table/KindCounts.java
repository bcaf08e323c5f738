package dev.reckon.files.table;

import java.util.EnumMap;
import java.util.Map;

/** How many values of each kind were seen. Not thread-safe. */
final class KindCounts {
  private final Map<ValueKind, Long> counts = new EnumMap<>(ValueKind.class);

  void add(ValueKind kind) {
    counts.merge(kind, 1L, Long::sum);
  }

  long of(ValueKind kind) {
    return counts.getOrDefault(kind, 0L);
  }

  /** All values that are not missing. */
  long values() {
    long all = 0;
    for (Map.Entry<ValueKind, Long> entry : counts.entrySet()) {
      all += entry.getKey() == ValueKind.NOTHING ? 0 : entry.getValue();
    }
    return all;
  }

  /** The count of the most frequent kind that is neither text nor missing. */
  long mostTyped() {
    long most = 0;
    for (Map.Entry<ValueKind, Long> entry : counts.entrySet()) {
      boolean typed = entry.getKey() != ValueKind.NOTHING && entry.getKey() != ValueKind.TEXT;
      most = typed ? Math.max(most, entry.getValue()) : most;
    }
    return most;
  }
}

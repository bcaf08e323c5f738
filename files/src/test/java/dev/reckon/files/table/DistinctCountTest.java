package dev.reckon.files.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class DistinctCountTest {
  private static int count(int different, String format) {
    DistinctCount count = new DistinctCount();
    for (int i = 0; i < 3 * different; i++) {
      count.see(format.formatted(i % different));
    }
    return count.estimate();
  }

  @Test
  void equalValuesCountOnce() {
    assertEquals(0, count(0, "%d"));
    assertEquals(1, count(1, "%d"));
    assertEquals(3, count(3, "%d"));
  }

  @Test
  void itIsWithinATenthForGroupsAndDistinguishesThemFromNames() {
    for (String format : new String[] {"%d", "region %d", "2024-01-%02d", "name%dx"}) {
      assertEquals(12, count(12, format), 1, format);
      assertEquals(40, count(40, format), 4, format);
      assertEquals(200, count(200, format), 20, format);
      assertEquals(DistinctCount.MOST, count(20_000, format), format);
    }
  }
}

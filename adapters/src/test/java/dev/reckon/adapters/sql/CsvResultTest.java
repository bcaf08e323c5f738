package dev.reckon.adapters.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.adapters.sql.SourceSettings.Limits;
import java.lang.reflect.Proxy;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.sql.rowset.serial.SerialClob;
import org.junit.jupiter.api.Test;

class CsvResultTest {
  private static final Limits LIMITS = new Limits(10, 1 << 20, Duration.ofSeconds(1), 1, 1_000);

  private final AtomicInteger read = new AtomicInteger();

  @Test
  void aRowThatIsTooLargeEndsAtTheValueThatIsTooMuch() {
    String value = "x".repeat(400_000);
    assertRefused(row(50, () -> value));
    assertEquals(3, read.get());
  }

  @Test
  void aValueThatIsTooLargeIsRefusedAlone() {
    String value = "\"".repeat((1 << 20) + 1);
    assertRefused(row(2, () -> value));
    assertEquals(1, read.get());
  }

  @Test
  void aLongTextIsRefusedAndNotCut() throws Exception {
    SerialClob value = new SerialClob("x".repeat((1 << 20) + 1).toCharArray());
    assertRefused(row(1, () -> value));
  }

  private static void assertRefused(ResultSet rows) {
    String reason =
        assertThrows(RefusedQueryException.class, () -> CsvResult.of(rows, LIMITS)).reason();
    assertTrue(reason.contains("more than 1 MiB (query.mib)"), reason);
  }

  /** One row with that value in each column. */
  private ResultSet row(int columns, Supplier<Object> value) {
    ResultSetMetaData about =
        proxy(
            ResultSetMetaData.class,
            (name, column) ->
                switch (name) {
                  case "getColumnCount" -> columns;
                  case "getColumnLabel" -> "c" + column;
                  case "getColumnTypeName" -> "text";
                  default -> throw new UnsupportedOperationException(name);
                });
    AtomicInteger rows = new AtomicInteger();
    return proxy(
        ResultSet.class,
        (name, column) ->
            switch (name) {
              case "getMetaData" -> about;
              case "next" -> rows.getAndIncrement() == 0;
              case "getObject" -> {
                read.incrementAndGet();
                yield value.get();
              }
              default -> throw new UnsupportedOperationException(name);
            });
  }

  private interface Answer {
    Object of(String method, int column);
  }

  private static <T> T proxy(Class<T> type, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, given) ->
                answer.of(method.getName(), given == null ? 0 : (Integer) given[0])));
  }
}

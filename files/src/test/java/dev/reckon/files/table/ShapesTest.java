package dev.reckon.files.table;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reckon.files.table.TableReader.TableFound;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every shape of table is read as a person would read it. */
class ShapesTest {
  @TestFactory
  Stream<DynamicTest> shapes() throws IOException {
    return Shape.all().stream()
        .map(shape -> DynamicTest.dynamicTest(shape.name(), () -> check(shape)));
  }

  private static void check(Shape shape) {
    TableFound found = new TableReader(16_384, 3).read(shape.text(), true).orElseThrow();
    assertAll(
        () -> assertEquals((int) shape.delimiter(), found.dialect().delimiter(), "delimiter"),
        () -> assertEquals(shape.before(), found.recordsBefore(), "records before"),
        () -> assertEquals(shape.header(), found.headerRecords(), "header"),
        () -> assertEquals(shape.columns(), found.width(), "columns"),
        () -> assertEquals(shape.rows(), found.rows(), "rows"),
        () -> assertEquals(shape.footers(), found.footerRecords(), "footers"));
  }
}

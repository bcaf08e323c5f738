package dev.reckon.files;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.files.limit.ReadLimits;
import dev.reckon.files.table.Dialect;
import dev.reckon.files.table.RecordScanner;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Work grows with the length of a text and not with its square, whatever the text is made of. */
class LinearWorkTest {
  private static final List<String> PIECES =
      List.of(
          ",", ";", "\t", "|", " ", ":", "\"", "\"\"", ",\"", "\",", "\"\n", "'", ",'", "\\",
          "\\\"", "#", "# \n", "\n", "\r", "\r\n", "\n\n", "a", "a,", "1,", "1;", "1.", "1,2", "1e",
          "1-", "%", "$", "(1)", "[", "{", "[1,", "{\"a\":", "[]\n", "{}\n", "NaN,", "2024-",
          "Jan ", "Total\n", "note\n", "\uFFFD", "é", "\0", "=", "sep=;\n");

  /** More than linear, with room for what is bounded and small beside the text. */
  private static void checkLinear(ToLongFunction<String> work, String piece) {
    int n = 20_000;
    long one = work.applyAsLong(repeated(piece, n));
    long four = work.applyAsLong(repeated(piece, 4 * n));
    long sixteen = work.applyAsLong(repeated(piece, 16 * n));
    long bounded = 60L << 20;
    assertTrue(
        four <= 6 * one + bounded && sixteen <= 6 * four + bounded,
        "%s: %d, %d, %d".formatted(piece.strip(), one, four, sixteen));
  }

  private static String shown(String piece) {
    StringBuilder shown = new StringBuilder("of ");
    piece
        .chars()
        .forEach(c -> shown.append(c < 0x21 ? "\\%02x".formatted(c) : String.valueOf((char) c)));
    return shown.toString();
  }

  private static String repeated(String piece, int length) {
    return piece.repeat(length / piece.length() + 1);
  }

  @TestFactory
  Stream<DynamicTest> scanningReadsEachCharacterAFewTimes() {
    return PIECES.stream()
        .map(
            piece ->
                DynamicTest.dynamicTest(
                    shown(piece),
                    () -> {
                      for (Dialect dialect :
                          List.of(
                              Dialect.RFC4180,
                              new Dialect(';', '\'', '\\', '#'),
                              new Dialect(' ', '"', '\\', '\0'),
                              new Dialect('\0', '"', '\0', '\0'))) {
                        String text = repeated(piece, 100_000);
                        Work.CountedText counted = new Work.CountedText(text);
                        RecordScanner scanner = new RecordScanner(counted, dialect, 1000);
                        while (scanner.next()) {
                          scanner.values();
                        }
                        assertTrue(
                            counted.reads() <= 20L * text.length(), counted.reads() + " reads");
                      }
                    }));
  }

  @TestFactory
  Stream<DynamicTest> readingAllocatesInProportion() {
    FileReading reading = new FileReading(ReadLimits.DEFAULT);
    return PIECES.stream()
        .map(
            piece ->
                DynamicTest.dynamicTest(
                    shown(piece),
                    () ->
                        checkLinear(
                            text -> {
                              byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                              return Work.allocated(() -> reading.read("x.csv", bytes));
                            },
                            piece)));
  }

  @Test
  void aQuadraticFunctionFails() {
    assertThrows(
        AssertionError.class,
        () ->
            checkLinear(
                text ->
                    Work.allocated(
                        () -> {
                          String all = "";
                          for (int i = 0; i < text.length(); i += 100) {
                            all += text.substring(i, Math.min(text.length(), i + 100));
                          }
                          assertTrue(all.length() == text.length());
                        }),
                "a"));
  }
}

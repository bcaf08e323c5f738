package dev.reckon.core.label;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LabelTest {
  @Test
  void theBundleHasATextForEveryLabelAndNoOther() {
    Set<String> labels = Stream.of(Label.values()).map(Label::key).collect(Collectors.toSet());
    assertEquals(
        new TreeSet<>(labels),
        new TreeSet<>(Labels.properties("labels.properties").stringPropertyNames()));
  }

  @Test
  void everyLabelIsUsed() throws IOException {
    Path root = Path.of(System.getProperty("reckon.root"));
    StringBuilder sources = new StringBuilder();
    for (String module : List.of("bot-core", "adapters")) {
      try (Stream<Path> files = Files.walk(root.resolve(module + "/src/main/java"))) {
        files
            .filter(file -> file.toString().endsWith(".java"))
            .map(LabelTest::read)
            .forEach(sources::append);
      }
    }
    List<String> unused =
        Stream.of(Label.values())
            .map(label -> "Label." + label.name())
            .filter(use -> !sources.toString().matches("(?s).*" + use + "\\b.*"))
            .toList();
    assertEquals(List.of(), unused);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void valuesStandInTheirPlaces() {
    assertEquals(
        "The first 12 of 1,204 lines. All of it is in a.txt.",
        Label.EXCERPT_LINES.text(12, 1204, "a.txt"));
    assertFalse(Label.BUTTON_MORE.text().isBlank());
  }

  @Test
  void amountsReadAsPeopleSayThem() {
    assertEquals("1 byte", Amounts.size(1));
    assertEquals("96 bytes", Amounts.size(96));
    assertEquals("48.2 KB", Amounts.size(48_213));
    assertEquals("61 MB", Amounts.size(61_000_000));
    assertEquals("6.2 s", Amounts.duration(java.time.Duration.ofMillis(6_200)));
  }
}

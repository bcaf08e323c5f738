package dev.reckon.core.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.files.FileProfile.Column;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileProfileTest {
  private static FileProfile table(List<Column> columns) {
    return new FileProfile(
        "pay.csv",
        10,
        "CSV table",
        2,
        List.of("2 rows after the header"),
        columns,
        List.of("dept,pay", "Sales,4711"));
  }

  private static Column column(String name, boolean named) {
    return new Column(name, named, Column.Kind.TEXT, "text", 0, 2, List.of("Sales", "4711"));
  }

  @Test
  void withoutValuesNothingOfTheFileIsShownButNames() {
    FileProfile shown = table(List.of(column("dept", true))).showing(0);
    assertTrue(shown.words("").contains("\"dept\""));
    assertFalse(shown.words("").contains("Sales"), shown.words(""));
    assertFalse(shown.words("").contains("4711"), shown.words(""));
  }

  @Test
  void aNameThatIsAValueGivesWayToItsNumberWhereNoValuesAreShown() {
    FileProfile shown = table(List.of(column("dept", true), column("Ada", false))).showing(0);
    assertEquals(List.of("dept", "2"), shown.columns().stream().map(Column::name).toList());
  }

  @Test
  void keysOfJsonGiveWayToTheirNumbersForModelsAndNotForPeople() {
    FileProfile json =
        new FileProfile(
            "pay.json", 10, "JSON", 2, List.of(), List.of(column("Ada", true)), List.of("{}"));
    String shown = json.showing(0).words("");
    assertFalse(shown.contains("Ada"), shown);
    assertTrue(shown.contains("- column \"1\": text, 0 empty\n"), shown);
    assertTrue(shown.contains("keys are private"), shown);
    assertTrue(json.showing(1).words("").contains("\"Ada\""));
    assertEquals("Ada", json.withPlainNames().columns().getFirst().name());
    assertEquals("Ada", json.withoutSamples().columns().getFirst().name());
  }

  @ParameterizedTest
  @ValueSource(strings = {"4711", "12.5", "2024-01-31", "ada@example.org", "customer 0049123", ""})
  void aNameThatLooksLikeDataIsNotShownEither(String name) {
    assertEquals("1", table(List.of(column(name, true))).showing(0).columns().getFirst().name());
    assertEquals(name, table(List.of(column(name, true))).showing(3).columns().getFirst().name());
  }

  @Test
  void thePersonWhoseFileItIsSeesItsNamesAndNoSamples() {
    FileProfile bare = table(List.of(column("2024", true), column("Ada", false))).withoutSamples();
    assertEquals(List.of("2024", "Ada"), bare.columns().stream().map(Column::name).toList());
    assertFalse(bare.words("").contains("Sales"), bare.words(""));
    assertEquals(List.of("1", "2"), bare.showing(0).columns().stream().map(Column::name).toList());
  }

  @Test
  void ofAWideTableAllColumnsAreNamedAndThoseOfTheRequestInFull() {
    FileProfile wide =
        table(IntStream.range(0, 500).mapToObj(i -> column("measure" + i + "x", true)).toList());
    String words = wide.words("the mean of MEASURE444x");
    assertTrue(words.contains("- column \"measure444x\": text"), words);
    IntStream.range(0, 500)
        .forEach(i -> assertTrue(words.contains("\"measure" + i + "x\""), "column " + i));
  }

  @Test
  void theWordsOfTheWidestTableStayWithinTheirBudget() {
    FileProfile widest =
        table(IntStream.range(0, 16_384).mapToObj(i -> column("c".repeat(500) + i, true)).toList());
    assertTrue(widest.words("").length() < 60_000, "" + widest.words("").length());
    assertTrue(widest.words("").contains(" more\n"));
  }
}

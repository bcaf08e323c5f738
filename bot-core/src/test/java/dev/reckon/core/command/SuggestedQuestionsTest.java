package dev.reckon.core.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reckon.core.files.FileProfile;
import dev.reckon.core.files.FileProfile.Column;
import dev.reckon.core.files.FileProfile.Column.Kind;
import dev.reckon.core.message.Language;
import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestedQuestionsTest {
  private static final int ROWS = 100;

  private static Column column(String name, Kind kind, int distinct) {
    return new Column(name, true, kind, "", 0, distinct, List.of());
  }

  private static List<String> about(Column... columns) {
    return SuggestedQuestions.about(
        new FileProfile("t.csv", 1, "CSV table", ROWS, List.of(), List.of(columns), List.of()),
        Language.ENGLISH);
  }

  @Test
  void aMeasureIsAskedForByAGroupOfFewValues() {
    assertEquals(
        List.of(
            "average salary_eur by department",
            "total salary_eur by month of start_date",
            "the 5 rows with the highest salary_eur"),
        about(
            column("id", Kind.INTEGER, ROWS),
            column("name", Kind.TEXT, 38),
            column("department", Kind.TEXT, 5),
            column("salary_eur", Kind.INTEGER, 80),
            column("start_date", Kind.DATE, 90)));
  }

  @Test
  void serialNumbersAndCodesAreNoMeasure() {
    assertEquals(
        "average Umsatz by Region",
        about(
                column("Serial", Kind.INTEGER, ROWS),
                column("Lfd", Kind.INTEGER, ROWS),
                column("PLZ", Kind.INTEGER, 40),
                column("Rechnung Nr.", Kind.INTEGER, ROWS),
                column("Region", Kind.TEXT, 4),
                column("Umsatz", Kind.FORMATTED_NUMBER, 97))
            .getFirst());
    assertEquals(
        "the 5 rows with the highest Number of people",
        about(column("unitPrice Id", Kind.INTEGER, 9), column("Number of people", Kind.INTEGER, 9))
            .getFirst());
  }

  @Test
  void aTableOfNamesIsNotGroupedByThem() {
    assertEquals(
        List.of(
            "how many values are missing in each column",
            "how many rows are duplicates",
            "a summary of every column"),
        about(column("name", Kind.TEXT, ROWS), column("email", Kind.TEXT, 95)));
  }
}

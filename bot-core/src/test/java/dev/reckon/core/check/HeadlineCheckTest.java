package dev.reckon.core.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.bounds.LinearWork;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which sentences about an output are shown as its headline. */
@Timeout(120)
class HeadlineCheckTest {
  private static final String REGIONS =
      """
      region     charges   people
      southeast  14735.41  364
      northeast  13406.38  324
      northwest  12417.58  325
      southwest  12346.94  325
      """;
  private static final String ASKED =
      "What do people pay on average in each region, highest first?";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Southeast is highest: 14,735 on average",
        "Southeast has the highest average: 14,735.41",
        "Southeast (14,735) is the highest and southwest (12,347) the lowest",
        "Southeast pays about 15,000 on average",
        "Southeast is highest with 14,735 charges and 364 people",
        "Southeast pays 14,735, more than in northeast with 13,406",
      })
  void aSentenceThatHoldsIsShown(String headline) {
    assertTrue(HeadlineCheck.holds(headline, REGIONS, ASKED));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Southeast is highest: 14,736 on average",
        "Northeast is highest: 13,406 on average",
        "Southeast is lowest: 14,735 on average",
        "Northeast is highest: 14,735 on average",
        "Southeast is not highest: 14,735 on average",
        "Southeast (14,735) is the highest and northwest (12,347) the lowest",
        "Southeast has 14,735 people",
        "Southeast has charges of 364",
        "Southeast rose to 14,735",
        "Southeast is twice northeast: 14,735",
        "Southeast pays best: 14,735",
        "Chicago is highest: 14,735",
        "Southeast pays 14,735, less than in northeast with 13,406",
        "$14,735 is highest in southeast",
        "Southeast: 14,735 > 13,406",
        "The result is right",
        "",
      })
  void aSentenceThatDoesNotHoldIsNot(String headline) {
    assertFalse(HeadlineCheck.holds(headline, REGIONS, ASKED));
  }

  @Test
  void aMeasureThatOnlyALineAboutAllRowsHasNamesNoLine() {
    String output =
        """
        Engineering: 80,333.33 EUR (9 people)
        Finance: 66,250.00 EUR (12 people)
        Rows used: 50, skipped without a salary: 2
        """;
    String asked = "Average salary by department in employees.csv, highest first.";
    assertTrue(
        HeadlineCheck.holds(
            "Engineering has the highest average salary: 80,333.33 EUR", output, asked));
    assertFalse(
        HeadlineCheck.holds(
            "Finance has the highest average salary: 66,250.00 EUR", output, asked));
    assertFalse(HeadlineCheck.holds("Engineering has an average salary of 2", output, asked));
  }

  @Test
  void aSentenceInThePersonsLanguageIsChecked() {
    String asked = "Welche Region hat den höchsten Umsatz? Und was ist der Durchschnitt?";
    String output = "Nord: 1234567.80\nSued: 998000.10\nDurchschnitt: 1116283.95\n";
    assertTrue(HeadlineCheck.holds("Nord hat den höchsten Umsatz: 1.234.568", output, asked));
    assertTrue(HeadlineCheck.holds("Nord hat den höchsten Umsatz: 1,2 Mio", output, asked));
    assertFalse(HeadlineCheck.holds("Nord hat den niedrigsten Umsatz: 1.234.568", output, asked));
    assertFalse(HeadlineCheck.holds("Sued hat den höchsten Umsatz: 998.000", output, asked));
    assertFalse(HeadlineCheck.holds("Nord hat keinen Umsatz: 1.234.568", output, asked));
    assertFalse(
        HeadlineCheck.holds(
            "Najwyższy jest Sued: 998000.10", output, "Który jest najwyższy region?"));
  }

  @Test
  void aDirectionIsChecked() {
    String output = "2022: 100\n2023: 150\nchange: +50%\n";
    String asked = "How did sales develop?";
    assertTrue(HeadlineCheck.holds("Sales rose from 100 to 150", output, asked));
    assertFalse(HeadlineCheck.holds("Sales fell from 100 to 150", output, asked));
    assertFalse(HeadlineCheck.holds("Sales rose from 150 to 100", output, asked));
    assertTrue(HeadlineCheck.holds("Sales increased by 50%", output, asked));
    assertFalse(HeadlineCheck.holds("Sales decreased by 50%", output, asked));
    assertTrue(HeadlineCheck.holds("Sales fell by 7.5%", "change: -7.49%", asked));
    assertFalse(HeadlineCheck.holds("Sales rose by 7.5%", "change: -7.49%", asked));
  }

  @Test
  void aNegationIsChecked() {
    String asked = "Are there duplicates?";
    assertTrue(
        HeadlineCheck.holds("No duplicates were found", "No duplicates found", asked + " found"));
    assertFalse(HeadlineCheck.holds("Duplicates were found", "No duplicates found", asked));
    assertFalse(HeadlineCheck.holds("No duplicates found", "Duplicates found", asked));
    assertFalse(HeadlineCheck.holds("Duplicates were found", "Duplicates found: 0", asked));
    assertTrue(HeadlineCheck.holds("There are 0 duplicates", "Duplicates found: 0", asked));
  }

  @Test
  void valuesOfOneLineAreToldApart() {
    String output = "Mean: 7.25, median: 5";
    assertTrue(HeadlineCheck.holds("The mean is 7.3", output, ""));
    assertTrue(HeadlineCheck.holds("The median is 5", output, ""));
    assertFalse(HeadlineCheck.holds("The mean is 5", output, ""));
    assertFalse(HeadlineCheck.holds("The median is 7.25", output, ""));
  }

  @Test
  void percentagesAndFractionsAreNotMixedUp() {
    assertTrue(HeadlineCheck.holds("The share is 23.5%", "share: 0.2346", ""));
    assertTrue(HeadlineCheck.holds("The share is 23%", "share: 23.4%", ""));
    assertFalse(HeadlineCheck.holds("The share is 23", "share: 23.4%", ""));
    assertFalse(HeadlineCheck.holds("The share is 23%", "share: 23.4", ""));
  }

  @Test
  void aTieIsNotARank() {
    assertFalse(HeadlineCheck.holds("North is highest: 5", "North: 5\nSouth: 5\n", ""));
    assertTrue(HeadlineCheck.holds("North is highest: 5", "North: 5\nSouth: 4\nTotal: 9\n", ""));
  }

  @Test
  void noWordClaimsTwoThings() {
    List<String> twice = new ArrayList<>();
    for (String word : ClaimWords.claiming().toList()) {
      if (ClaimWords.isNeutral(word)) {
        twice.add(word);
      }
    }
    assertEquals(List.of(), twice);
    assertEquals(
        ClaimWords.claiming().distinct().count(), ClaimWords.claiming().count(), "in two lists");
  }

  @Test
  void workIsLinear() {
    LinearWork.check(
        "HeadlineCheck",
        List.of("a: 1, ", "9", "a|", "southeast 5\n"),
        text -> {
          String shown = text.toString();
          HeadlineCheck.holds("Southeast is highest: 5", shown, shown);
          HeadlineCheck.holds(shown, "Southeast: 5\nNorth: 4", shown);
        });
  }

  @Test
  void longTextsAreNotChecked() {
    assertFalse(HeadlineCheck.holds("Sum is 5", "Sum: 5\n" + "x".repeat(30_000), ""));
    assertFalse(HeadlineCheck.holds("5 " + "is ".repeat(100), "Sum: 5\n", ""));
    assertTrue(
        Stream.of("5", "5.0")
            .allMatch(value -> HeadlineCheck.holds("Sum is " + value, "Sum: 5\n", "")));
  }
}

package dev.reckon.core.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.files.FileProfile;
import dev.reckon.core.files.PlainImporter;
import dev.reckon.core.turn.Judgement;
import dev.reckon.core.turn.TurnProgress;
import dev.reckon.core.turn.TurnRequest;
import dev.reckon.core.turn.TurnSettings;
import dev.reckon.core.turn.TurnState;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RuleCheckTest {
  private static Optional<Judgement> check(String text, String output, FileProfile... files) {
    TurnProgress work =
        ((TurnState.Generating)
                TurnState.begin(
                    TurnRequest.of(
                        text, List.of(), List.of(), "team", "cli/1", TurnSettings.DEFAULT)))
            .work();
    return RuleCheck.of(work, List.of(files), output);
  }

  @Test
  void aCalculationIsCheckedByDoingIt() {
    Judgement judgement = check("What is 17 * (3 + 4)?", "Result: 119").orElseThrow();
    assertEquals(Judgement.Verdict.ANSWERS, judgement.verdict());
    assertEquals(Judgement.Method.RULE, judgement.method());
    assertTrue(check("2**100", "1,267,650,600,228,229,401,496,703,205,376").isPresent());
    assertTrue(check("compute 1/3", "0.3333333333333333").isPresent());
    assertTrue(check("-2^2", "-4").isPresent());
  }

  @Test
  void aWrongOrUnclearResultIsLeftToTheJudge() {
    assertEquals(Optional.empty(), check("What is 17 * (3 + 4)?", "Result: 118"));
    assertEquals(Optional.empty(), check("What is 17 * (3 + 4)?", "119 or 120"));
    assertEquals(Optional.empty(), check("What is 2 * 2 / 2?", "2"));
    assertEquals(Optional.empty(), check("average of 3 + 4 people", "7"));
    assertEquals(Optional.empty(), check("1 / 0", "0"));
    assertEquals(Optional.empty(), check("2 ^ 99999999", "0"));
  }

  @Test
  void countsOfATableAreKnownFromItsProfile() {
    FileProfile pay =
        PlainImporter.profile(
            "pay.csv", "dept,pay\nA,1\nB,2\nB,3\n".getBytes(StandardCharsets.UTF_8));
    assertTrue(check("How many rows are in pay.csv?", "rows: 3", pay).isPresent());
    assertTrue(check("How many columns does this file have?", "2 columns", pay).isPresent());
    assertEquals(Optional.empty(), check("How many rows are in pay.csv?", "rows: 4", pay));
    assertEquals(Optional.empty(), check("How many rows with pay over 2?", "rows: 3", pay));
  }

  @Test
  void operatorsBindAsUsual() {
    assertEquals(
        new BigDecimal("14"), Arithmetic.valueOf("2 + 3 * 4 =").orElseThrow().stripTrailingZeros());
    assertEquals(new BigDecimal("512"), Arithmetic.valueOf("2 ^ 3 ^ 2").orElseThrow());
    assertEquals(new BigDecimal("0.125"), Arithmetic.valueOf("2 ** -3").orElseThrow());
    assertEquals(Optional.empty(), Arithmetic.valueOf("2 + "));
    assertEquals(Optional.empty(), Arithmetic.valueOf("(2 + 3"));
    assertEquals(Optional.empty(), Arithmetic.valueOf("42"));
  }
}

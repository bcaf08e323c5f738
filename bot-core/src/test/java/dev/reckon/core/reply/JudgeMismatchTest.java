package dev.reckon.core.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.reckon.core.message.Language;
import dev.reckon.core.turn.Judgement;
import dev.reckon.core.turn.Judgement.Verdict;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What judges write as a mismatch, and what it means for the verdict. */
class JudgeMismatchTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String QUOTE = "revenue: 15";

  private static Judgement judged(String requirement, String quote, JsonNode mismatch) {
    var form = JSON.createObjectNode();
    form.putArray("requirements")
        .addObject()
        .put("requirement", requirement)
        .put("kind", "measure")
        .put("quote", quote)
        .set("mismatch", mismatch);
    return JudgeReply.read(
        form.toString(), List.of(QUOTE, "sorted(rows)[:2]"), "top 2", Language.ENGLISH);
  }

  private static Verdict verdict(String requirement, String mismatch) {
    return judged(requirement, QUOTE, JSON.getNodeFactory().textNode(mismatch)).verdict();
  }

  private static Stream<String> nothing() {
    return """
    -
    --
    –
    —
    ✓
    ✔️
    ""
    []
    None
    N/A
    n/a
    N.A.
    No mismatch
    No mismatch found.
    None found
    None.
    none was found
    Nothing
    no issues
    No.
    OK
    false
    empty
    The requirement is met.
    **Requirement met.**
    no discrepancies were found
    No mismatch can be seen
    Not applicable
    There is no mismatch here.
    No problems or errors
    No errors and no issues
    Nothing is wrong
    Nothing missing
    nothing to report
    no apparent issues
    without errors
    The output matches the request exactly.
    The output matches the expected value
    The sum matches the request
    All good, as requested
    None; requirement satisfied
    None; everything as requested.
    All good
    Looks good.
    no deviation from the request
    Keine Abweichung
    keine Abweichung gefunden
    Aucune erreur trouvée.
    keine
    Aucune
    ninguno
    なし
    特になし。
    无
    нет
    No mismatch - the value is correct.
    No mismatch: revenue 15
    No mismatch: the output shows 15
    Meets the requirement
    The sum is correct.
    The unit is right
    No mismatch was found between the output and the request.
    Requirement met: the sum of 3, 5 and 7 is 15.
    OK ✓
    """
        .lines();
  }

  @ParameterizedTest
  @MethodSource
  void nothing(String mismatch) {
    assertEquals(Verdict.ANSWERS, verdict("sum of 3, 5 and 7", mismatch));
  }

  private static Stream<String> doubts() {
    return """
    The sum is correct. The request asks for the median.
    The amount is right; it is in USD, EUR was requested.
    No mismatch in the filter, the order is ascending and the request wants descending
    No mismatch in the filter, the sum is 15
    No mismatch in the filter and the sum is 15
    No mismatch - the output shows 15, the request says 16
    No mismatch: the output shows 15, 16 requested
    None found: April is summed twice
    No issues: the total includes the cancelled orders the request leaves out
    Correct, mais la somme est fausse
    OK, pero falta marzo
    OK, aber März fehlt
    OK, 👎
    OK; ≠
    No mismatch?
    No mismatch: -15
    No mismatch: 1.5
    No issues, but the order is wrong
    no mismatch found, the list omits March
    No mismatch in March. April has the wrong sign.
    no mismatch in the sum, but the list is missing
    keine Abweichung, aber April fehlt
    no mismatch exists as the output shows the median of the rest
    ...
    ?
    """
        .lines();
  }

  @ParameterizedTest
  @MethodSource("doubts")
  void aDenialOrApprovalWithMoreTextIsNeitherVerifiedNorRepaired(String mismatch) {
    assertEquals(Verdict.UNSURE, verdict("sum of 3, 5 and 7", mismatch));
  }

  private static Stream<String> objections() {
    return """
    ✗
    ✕
    ×
    ≠
    👎
    not
    not correct
    The requirement is not met
    no output
    nothing is sorted
    There was an error: no output
    no unit
    none of the values is correct
    None are in the output
    the order is wrong
    nothing was found
    The correct sum is 16
    No. The order is descending
    The sum is correct but rounded
    correct only for March
    almost correct
    could be correct
    Complete results expected
    April is summed twice and the rest is correct
    Output shows 15 while 16 is correct
    16 is correct
    The values aren't complete
    no error column
    No problem statement found
    no missing values column is shown
    None of the rows match
    No difference is shown
    No errors are listed
    The output shows no difference
    No mismatch is requested
    No errors requested
    keine Sortierung
    kein Fehler berechnet
    没有排序
    """
        .lines();
  }

  @ParameterizedTest
  @MethodSource
  void objections(String mismatch) {
    assertEquals(Verdict.REJECTED, verdict("sum of 3, 5 and 7", mismatch));
  }

  @Test
  void whereErrorsAreAskedForNoErrorsMayBeTheWrongAnswer() {
    assertEquals(Verdict.UNSURE, verdict("errors per day", "No errors found"));
    assertEquals(Verdict.ANSWERS, verdict("errors per day", "No mismatch found"));
  }

  @Test
  void whatARequirementExcludesIsNoRepetition() {
    assertEquals(Verdict.UNSURE, verdict("total without refunds", "OK: the total is with refunds"));
    assertEquals(Verdict.ANSWERS, verdict("total with refunds", "OK: the total is with refunds"));
  }

  @Test
  void aMismatchInAListIsOneToo() {
    Judgement judgement =
        judged("top 2", QUOTE, JSON.createArrayNode().add("the order is descending"));
    assertEquals(Verdict.REJECTED, judgement.verdict());
    assertEquals(Verdict.ANSWERS, judged("top 2", QUOTE, JSON.createArrayNode()).verdict());
  }

  @Test
  void theReasonOfADoubtIsNoObjection() {
    Judgement judgement =
        judged("top 2", QUOTE, JSON.getNodeFactory().textNode("OK, pero falta marzo"));
    assertEquals("the judge gave no clear verdict", judgement.reason());
    assertEquals(
        "OK, pero falta marzo (“revenue: 15”)", judgement.requirements().getFirst().evidence());
  }
}

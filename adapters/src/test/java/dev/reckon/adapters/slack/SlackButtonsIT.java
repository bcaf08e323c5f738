package dev.reckon.adapters.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reckon.testing.Until;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What people press in Slack, up to what they see of it, with the real core and sandbox: buttons
 * under an answer by those who may and those who may not, forms, shortcuts, edited requests.
 */
class SlackButtonsIT extends StagedTest {
  private static final String LONG_CODE =
      """
      BASE = 7
      square = BASE ** 2
      # one
      # two
      # three
      # four
      # five
      # six
      # seven
      print("square:", square)
      """;

  private FakeMessage answered(String request) throws Exception {
    stage.model.code(request, LONG_CODE).judgeMet(request, "square: 49");
    stage.command("C1", "U1", request);
    return stage.shows("C1", "[Save as");
  }

  @Test
  void codeAndEvidenceAreShownToWhoeverAsks() throws Exception {
    FakeMessage answer = answered("seven squared");
    assertFalse(answer.shown().contains("# seven"), "long code is folded away");
    stage.press(answer, "U2", "Show code");
    assertTrue(stage.form(0).toString().contains("# seven"));
    stage.press(answer, "U2", "How it was checked");
    Until.holds("the evidence", () -> stage.slack.in("C1").size() == 2);
    FakeMessage evidence = stage.slack.in("C1").getLast();
    assertEquals(answer.ts, evidence.thread);
    assertTrue(evidence.shown().contains("square: 49"), evidence.shown());
  }

  @Test
  void goodIsThankedForAndWrongRepairs() throws Exception {
    FakeMessage answer = answered("seven squared");
    stage.press(answer, "U1", "👍");
    stage.showsOnlyTo("U1", "Thank you");
    stage.model.code("as a fraction", "print('square: 49/1')").judgeMet("seven", "square: 49/1");
    stage.press(answer, "U1", "👎");
    stage.form(0);
    stage.submit("U1", Map.of("complaint", "as a fraction"));
    assertEquals(answer.ts, stage.shows("C1", "square: 49/1").thread);
  }

  @Test
  void othersGetAPrivateWordAndAdministratorsMay() throws Exception {
    FakeMessage answer = answered("seven squared");
    for (String label : List.of("Run again", "Edit and run", "Save as")) {
      int before = stage.slack.onlyFor("U2").size();
      stage.press(answer, "U2", label);
      Until.holds(label, () -> stage.slack.onlyFor("U2").size() > before);
      String word = stage.slack.onlyFor("U2").getLast().shown();
      assertTrue(word.contains("Person U1"), word);
    }
    assertEquals(List.of(), stage.slack.views);
    ObjectNode administrator = FakeSlack.json.createObjectNode().put("id", "U3");
    stage.slack.users.put("U3", administrator.put("is_admin", true));
    stage.press(answer, "U3", "Run again");
    Until.holds("the second answer", () -> stage.slack.in("C1").size() == 2);
    stage.shows("C1", "Nobody checked");
  }

  @Test
  void whatIsSavedByItsFormIsRunByItsName() throws Exception {
    FakeMessage answer = answered("seven squared");
    stage.press(answer, "U1", "Save as");
    stage.form(0);
    stage.submit("U1", Map.of("name", "squared BASE=7"));
    assertEquals(answer.ts, stage.shows("C1", "Saved as").thread);
    stage.command("C1", "U2", "squared BASE=9");
    stage.shows("C1", "square: 81");
  }

  @Test
  void buttonsOfAForgottenAnswerSaySo() throws Exception {
    FakeMessage answer = answered("seven squared");
    Until.holds("settled", stage::settled);
    stage.store().privacy().forget("slack/T1/U1");
    stage.press(answer, "U1", "Edit and run");
    stage.showsOnlyTo("U1", "no longer exists");
    int before = stage.slack.onlyFor("U1").size();
    stage.press(answer, "U1", "Run again");
    Until.holds("a word", () -> stage.slack.onlyFor("U1").size() > before);
    assertTrue(stage.slack.onlyFor("U1").getLast().shown().contains("no longer exists"));
  }

  @Test
  void anEditedRequestOffersToRunAgainWithTheChange() throws Exception {
    stage.model.code("sum of 1 and 2", "print('sum:', 3)").judgeMet("sum of 1 and 2", "sum: 3");
    ObjectNode asked =
        stage.people.message("C1", "U1", stage.slack.ts(), "", "<@UBOT> sum of 1 and 2");
    stage.event(asked);
    stage.shows("C1", "sum: 3");
    stage.event(stage.people.edited(asked, "<@UBOT> sum of 1 and 3"));
    FakeMessage offer = stage.shows("C1", "[Run again with the change]");
    assertEquals(asked.path("ts").asText(), offer.thread);
    stage.press(offer, "U2", "Run again with the change");
    stage.showsOnlyTo("U2", "Only the person who was asked");
    stage.model.code("sum of 1 and 3", "print('sum:', 4)").judgeMet("sum of 1 and 3", "sum: 4");
    stage.press(offer, "U1", "Run again with the change");
    assertEquals(offer.thread, stage.shows("C1", "sum: 4").thread);
  }

  @Test
  void aMutedThreadIsLeftAloneUntilReckonIsNamed() throws Exception {
    FakeMessage answer = answered("seven squared");
    stage.event(reply(answer, "settings attention mute"));
    FakeMessage muted = stage.shows("C1", "attention");
    stage.event(reply(answer, "lunch at one?"));
    stage.event(reply(answer, "<@UBOT> settings attention all"));
    Until.holds("heard", () -> stage.slack.in("C1").getLast() != muted);
    Until.holds("settled", stage::settled);
    assertEquals(3, stage.slack.in("C1").size(), stage.slack.transcript().toString());
  }

  private ObjectNode reply(FakeMessage to, String text) {
    return stage.people.message("C1", "U1", stage.slack.ts(), to.ts, text);
  }

  @Test
  void theShortcutsRunCodeAndComputeWithFilesOfAnyMessage() throws Exception {
    ObjectNode code =
        stage.people.message("C1", "U2", stage.slack.ts(), "", "try ```print('a', 1 &lt; 2)```");
    stage.shortcut(ShortcutHandler.RUN_CODE, "U1", code);
    assertEquals(code.path("ts").asText(), stage.shows("C1", "a True").thread);
    String csv = stage.slack.upload("sales.csv", "amount\n20\n22\n");
    ObjectNode posted = stage.people.message("C1", "U2", stage.slack.ts(), "", "Q3", csv);
    stage.shortcut(ShortcutHandler.COMPUTE, "U1", posted);
    stage.form(0);
    sum("total of amount");
    stage.submit("U1", Map.of(Forms.REQUEST, "total of amount"));
    assertEquals(posted.path("ts").asText(), stage.shows("C1", "total: 42").thread);
  }

  @Test
  void aFormTakesTheRequestAndItsFile() throws Exception {
    stage.command("C1", "U1", "");
    JsonNode form = stage.form(0);
    assertTrue(form.toString().contains("file_input"), form.toString());
    sum("total of amount");
    String csv = stage.slack.upload("sales.csv", "amount\n20\n22\n");
    stage.submit("U1", Map.of(Forms.REQUEST, "total of amount", Forms.FILES, csv));
    FakeMessage answer = stage.shows("C1", "total: 42");
    assertTrue(answer.shown().startsWith("@U1 asked\n> total of amount"), answer.shown());
  }

  private void sum(String request) {
    stage
        .model
        .code(
            request,
            """
            import csv
            rows = csv.DictReader(open("sales.csv"))
            print("total:", sum(int(row["amount"]) for row in rows))
            """)
        .judgeMet(request, "total: 42");
  }

  @Test
  void whatReckonSaysOfItselfToACommandIsSeenByTheAskerAlone() throws Exception {
    stage.command("C1", "U1", "help");
    stage.showsOnlyTo("U1", "save");
    stage.command("C2", "U1", "help settings");
    Until.holds("a second word", () -> stage.slack.onlyFor("U1").size() == 2);
    stage.event(stage.people.message("D1", "U1", stage.slack.ts(), "", "help"));
    stage.shows("D1", "save");
    assertEquals(List.of(), stage.slack.in("C1"));
    assertEquals(List.of(), stage.slack.in("C2"));
  }
}

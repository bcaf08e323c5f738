package dev.reckon.core.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.message.Language;
import dev.reckon.core.turn.Judgement;
import dev.reckon.core.turn.Judgement.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class JudgeReplyTest {
  private static final String REQUEST = "top 2 products by revenue, sorted";
  private static final List<String> SHOWN =
      List.of("pear   revenue: 30 EUR\napple  revenue: 20 EUR", "print(sorted(rows)[:2])");

  private static Judgement read(String reply) {
    return JudgeReply.read(reply, SHOWN, REQUEST, Language.ENGLISH);
  }

  private static String item(String quote, String mismatch) {
    return "{\"requirement\":\"top 2\",\"kind\":\"limit\",\"quote\":\""
        + quote
        + "\",\"mismatch\":\""
        + mismatch
        + "\"}";
  }

  private static Judgement form(String... items) {
    return read("{\"requirements\":[" + String.join(",", items) + "]}");
  }

  @Test
  void everyRequirementWithItsEvidenceIsYes() {
    Judgement judgement = form(item("pear revenue: 30 EUR", ""), item("`[:2]`", "none"));
    assertEquals(Verdict.ANSWERS, judgement.verdict());
    assertEquals("pear revenue: 30 EUR", judgement.requirements().getFirst().evidence());
  }

  @Test
  void aQuotedMismatchIsNo() {
    Judgement judgement = form(item("pear", ""), item("revenue: 20 EUR", "the order is wrong"));
    assertEquals(Verdict.REJECTED, judgement.verdict());
    assertEquals("the order is wrong (“revenue: 20 EUR”)", judgement.reason());
  }

  @Test
  void aMismatchMayQuoteTheRequest() {
    assertEquals(Verdict.REJECTED, form(item("sorted", "nothing is sorted")).verdict());
  }

  @Test
  void evidenceMayNotQuoteTheRequestOrBeMadeUp() {
    assertEquals(Verdict.UNSURE, form(item("top 2 products", "")).verdict());
    assertEquals(Verdict.UNSURE, form(item("plum revenue: 10", "")).verdict());
    assertEquals(Verdict.UNSURE, form(item("", "")).verdict());
    assertEquals(Verdict.UNSURE, form(item("plum", "plum is missing")).verdict());
  }

  @Test
  void noRequirementIsUnsure() {
    assertEquals(Verdict.UNSURE, form().verdict());
  }

  @Test
  void piecesOfAQuotationMustStandInOrder() {
    assertEquals(Verdict.ANSWERS, form(item("pear ... apple", "")).verdict());
    assertEquals(Verdict.UNSURE, form(item("apple ... pear", "")).verdict());
  }

  @Test
  void wordsAndOtherJsonAreReadToo() {
    assertEquals(Verdict.ANSWERS, read("YES").verdict());
    assertEquals(Verdict.ANSWERS, read("**Yes**, it does.").verdict());
    assertEquals(Verdict.ANSWERS, read("{\"answers\": true}").verdict());
    assertEquals(
        Verdict.ANSWERS, read("```json\n{\"verdict\": \"YES\", \"reason\": \"\"}\n```").verdict());
    assertEquals(Judgement.Method.PLAIN, read("YES").method());
    assertEquals(Judgement.Method.PLAIN, read("{\"answers\": true}").method());
    assertEquals(Judgement.Method.JUDGE, form(item("pear", "")).method());
    Judgement no = read("NO: the output is not sorted");
    assertEquals(Verdict.REJECTED, no.verdict());
    assertEquals("the output is not sorted", no.reason());
    Judgement json = read("{\"answers\": false, \"reason\": \"not sorted\"}");
    assertEquals(Verdict.REJECTED, json.verdict());
    assertEquals("not sorted", json.reason());
    Judgement lines = read("NO\nThe output is not sorted.");
    assertEquals("The output is not sorted.", lines.reason());
  }

  @Test
  void whatIsMalformedOrUnsureIsNoVerdict() {
    for (String reply :
        List.of(
            "",
            "NO",
            "Maybe.",
            "Yesterday was fine",
            "YES, but the unit is missing",
            "{\"requirements\": [",
            "{\"requirements\": \"all\"}",
            "{\"answers\": false}",
            "{\"answers\": \"perhaps\"}",
            "The output says YES",
            "[1, 2]",
            "NOT sure: well")) {
      Judgement judgement = read(reply);
      assertEquals(Verdict.UNSURE, judgement.verdict(), reply);
      assertTrue(!judgement.reason().isBlank(), reply);
    }
  }

  @Test
  void theFormIsFoundWhateverIsAroundIt() {
    String item =
        "{\"requirement\":\"fruit\",\"kind\":\"other\",\"quote\":\"pear\",\"mismatch\":\"\"}";
    for (String reply :
        List.of(
            "[" + item + "]",
            "{\"requirements\":" + item + "}",
            "The set {x} is fine. {\"requirements\":[" + item + "]}",
            "{\"requirements\":[" + item + "]} Hope this helps {you}.",
            "{\"requirements\":[" + item.replace('"', '\'') + "]}",
            "[Note] {\"requirements\":[" + item + "]}",
            "{\"analysis\":{\"a\":1},\"requirements\":[" + item + "]}",
            "{\"result\":{\"requirements\":[" + item + "]}}",
            "{\"steps\":[\"a\"]} {\"requirements\":[" + item + "]}")) {
      assertEquals(
          Verdict.ANSWERS,
          JudgeReply.read(reply, List.of("a pear"), "fruit", Language.ENGLISH).verdict(),
          reply);
    }
  }

  @Test
  void anObjectWithinTheFormIsNotTheVerdict() {
    String unordered = item("pear", "the order is descending");
    assertEquals(
        Verdict.REJECTED,
        read("{\"checks\":{\"passed\":true},\"requirements\":[" + unordered + "]}").verdict());
    assertEquals(
        Verdict.REJECTED,
        read("{\"passed\":true,\"checks\":{\"requirements\":[" + unordered + "]}}").verdict());
  }

  @Test
  void aReplyThatNamesRequirementsIsNoPlainYes() {
    for (String reply :
        List.of(
            "{\"requirements\":[{\"passed\":true},",
            "{\"passed\":true} {\"requirements\":[",
            "YES {requirements: [{requirement: order, mismatch: wrong}]}",
            "{\"passed\":true,\"requirements\":\"all\"}",
            "{\"passed\":true,\"checks\":[" + item("pear", "wrong") + "]}",
            "{\"reason\":\"the order is wrong\",\"checks\":{\"passed\":true},\"answers\":fal")) {
      assertEquals(Verdict.UNSURE, read(reply).verdict(), reply);
    }
  }

  @Test
  void aFormThatIsCutOffOrSaysTwoThingsIsNotRead() {
    String met = item("pear", "");
    for (String reply :
        List.of(
            "{\"requirements\":[" + met + "], \"headl",
            "{\"requirements\":[" + met + "],\"requirements\":[" + item("pear", "wrong") + "]}")) {
      assertEquals(Verdict.UNSURE, read(reply).verdict(), reply);
    }
  }

  @Test
  void twoFormsMustAgree() {
    String met = "{\"requirements\":[" + item("pear", "") + "]}";
    String unmet = "{\"requirements\":[" + item("pear", "the order is wrong") + "]}";
    assertEquals(Verdict.UNSURE, read("Draft: " + met + "\nFinal: " + unmet).verdict());
    assertEquals(Verdict.UNSURE, read("Draft: " + unmet + "\nFinal: " + met).verdict());
    assertEquals(Verdict.ANSWERS, read("Draft: " + met + "\nFinal: " + met).verdict());
    assertEquals(Verdict.REJECTED, read(unmet + unmet).verdict());
    assertEquals(Verdict.UNSURE, read((met + " ").repeat(30)).verdict());
    assertEquals(
        Verdict.UNSURE,
        read("{\"answers\":true} {\"answers\":false,\"reason\":\"wrong\"}").verdict());
  }
}

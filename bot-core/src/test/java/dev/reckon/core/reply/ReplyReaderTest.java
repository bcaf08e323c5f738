package dev.reckon.core.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.reckon.core.turn.FirstReply;
import dev.reckon.core.turn.PlanStep;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplyReaderTest {
  @Test
  void theFormsAreReadWhateverIsAroundThem() {
    assertEquals(new FirstReply.Ask("Which year?"), ReplyReader.read("ASK: Which year?"));
    assertEquals(new FirstReply.Ask("Which year?"), ReplyReader.read("**ASK:** Which year?"));
    assertEquals(
        new FirstReply.Ask("Which year?"),
        ReplyReader.read("<think>hm ```python\nx=1\n``` </think>\n```\nASK: Which year?\n```"));
    assertEquals(
        new FirstReply.Decline("It is a server.", "Estimate its load."),
        ReplyReader.read("DECLINE: It is a server.\nNEAREST: Estimate its load."));
    assertEquals(new FirstReply.Say("You're welcome!"), ReplyReader.read("SAY: You're welcome!"));
  }

  @Test
  void aPlanIsReadWithItsFiles() {
    FirstReply.Plan plan =
        assertInstanceOf(
            FirstReply.Plan.class,
            ReplyReader.read(
                """
                PLAN
                1. clean the rows | reads: a.csv | leaves: b.csv, c.csv
                2) **average** | reads: b.csv | leaves: -
                Step 3: print it
                """));
    assertEquals(
        List.of(
            new PlanStep("clean the rows", List.of("a.csv"), List.of("b.csv", "c.csv")),
            new PlanStep("average", List.of("b.csv"), List.of()),
            new PlanStep("print it", List.of(), List.of())),
        plan.steps());
  }

  @Test
  void codeAfterAPlanIsCode() {
    assertEquals(
        new FirstReply.Code("print(1)"),
        ReplyReader.read("PLAN\n1. print\n\n```python\nprint(1)\n```"));
  }

  @Test
  void proseIsUnusableWithAReason() {
    FirstReply.Unusable reply =
        assertInstanceOf(
            FirstReply.Unusable.class, ReplyReader.read("I cannot run code, but you can try it."));
    assertEquals("the model's reply contained no program", reply.reason());
    assertInstanceOf(FirstReply.Unusable.class, ReplyReader.read("ASKING around is no form"));
  }
}

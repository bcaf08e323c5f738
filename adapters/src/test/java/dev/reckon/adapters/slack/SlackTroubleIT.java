package dev.reckon.adapters.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reckon.testing.Until;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a workspace does to Reckon in the middle of a turn, with the real core and sandbox. */
class SlackTroubleIT extends StagedTest {
  /** A turn whose script runs. */
  private FakeMessage running() throws Exception {
    stage
        .model
        .code("slow sum", "import time\ntime.sleep(2)\nprint('slow:', 2 + 3)")
        .judgeMet("slow sum", "slow: 5");
    stage.command("C1", "U1", "slow sum");
    FakeMessage working = stage.shows("C1", "Running the program");
    Until.holds("running", () -> sandbox.status().busy() > 0);
    return working;
  }

  /** The turn has ended, nothing waits, and others are served. */
  private void assertQuietEnd() throws Exception {
    Until.holds("settled", () -> sandbox.status().busy() == 0 && stage.settled());
    int calls = stage.slack.calls.size();
    stage.event(stage.people.message("D2", "U2", stage.slack.ts(), "", "help"));
    stage.shows("D2", "save");
    long toTheOld =
        stage.slack.calls.subList(calls, stage.slack.calls.size()).stream()
            .filter("chat.update"::equals)
            .count();
    assertEquals(0, toTheOld, "nothing is tried there any more");
  }

  @Test
  void anArchivedChannelEndsTheAnswerQuietly() throws Exception {
    FakeMessage working = running();
    stage.slack.archived.add("C1");
    assertQuietEnd();
    assertFalse(working.shown().contains("slow: 5"));
  }

  @Test
  void aChannelThatReckonWasRemovedFromEndsTheAnswerQuietly() throws Exception {
    FakeMessage working = running();
    stage.slack.members.put("C1", Set.of("U1", "U2"));
    assertQuietEnd();
    assertFalse(working.shown().contains("slow: 5"));
  }

  @Test
  void aRevokedTokenIsNotReadyAndTheAnswerWaitsForANewOne() throws Exception {
    running();
    stage.slack.revoked = true;
    Until.holds("not ready", () -> !stage.ready());
    Until.holds("the answer waits", () -> stage.store().backlog().replies() == 1);
    stage.slack.revoked = false;
    stage.restart();
    assertTrue(stage.ready());
    boolean kept =
        stage.store().backlog().replies() == 1
            || stage.slack.in("C1").stream().anyMatch(m -> m.shown().contains("slow: 5"));
    assertTrue(kept, "it goes out within minutes");
  }

  @Test
  void aFileThatMayNotBeReadIsNamedWithItsScope() throws Exception {
    stage.slack.scopes.remove("files:read");
    stage.model.code("sum of 2 and 2", "print('sum:', 4)").judgeMet("sum of 2 and 2", "sum: 4");
    String csv = stage.slack.upload("staff.csv", "a\n1\n");
    stage.event(
        stage.people.message(
            "C1", "U1", stage.slack.ts(), "", "<@UBOT> sum of 2 and 2, not staff", csv));
    String shown = stage.shows("C1", "staff.csv").shown();
    assertTrue(shown.contains("files:read"), shown);
  }

  @Test
  void filesOfAMentionAreAskedForAgainWhenSlackWantsAPause() throws Exception {
    stage
        .model
        .code("total of amount", "print('total:', open('sales.csv').read().split()[1])")
        .judgeMet("total of amount", "total: 42");
    String csv = stage.slack.upload("sales.csv", "amount\n42\n");
    ObjectNode asked =
        stage.people.message("C1", "U1", stage.slack.ts(), "", "<@UBOT> total of amount", csv);
    stage.slack.failNext("conversations.history", "429:1", "5xx");
    stage.slack.failNext("users.info", "429:1");
    stage.event(stage.people.mention(asked));
    stage.event(asked);
    stage.shows("C1", "total: 42");
  }
}

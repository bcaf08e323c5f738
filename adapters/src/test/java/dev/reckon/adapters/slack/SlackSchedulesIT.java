package dev.reckon.adapters.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reckon.core.message.Address;
import dev.reckon.core.store.Schedule;
import dev.reckon.testing.Until;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

/** Schedules and alerts in Slack, across restarts, with the real core and sandbox. */
class SlackSchedulesIT extends StagedTest {
  private static final String SALES = "month,revenue\n2024-01,120\n2024-02,80\n";
  private static final String TOTAL =
      """
      import csv
      print("total:", sum(int(row["revenue"]) for row in csv.DictReader(open("sales.csv"))))
      """;

  /** A saved computation in a thread that has its file; returns the thread. */
  private String saved() throws Exception {
    stage.model.code("total revenue", TOTAL).judgeMet("total revenue", "total: 200");
    String file = stage.slack.upload("sales.csv", SALES);
    ObjectNode asked =
        stage.people.message("C1", "U1", stage.slack.ts(), "", "<@UBOT> total revenue", file);
    stage.event(stage.people.mention(asked));
    FakeMessage answer = stage.shows("C1", "total: 200");
    say("U1", answer.thread, "save total");
    stage.shows("C1", "Saved as");
    return answer.thread;
  }

  private void say(String user, String thread, String text, String... files) throws Exception {
    stage.event(stage.people.message("C1", user, stage.slack.ts(), thread, text, files));
  }

  private Schedule only() {
    return stage.store().schedules().list(new Address("slack", "", "C1", false)).getFirst();
  }

  private long shown(String words) {
    return stage.slack.in("C1").stream().filter(one -> one.shown().contains(words)).count();
  }

  @Test
  void aScheduleRunsInItsThreadOnTimeAndOnceForWhatWasMissed() throws Exception {
    String thread = saved();
    say("U1", thread, "every day at 18:00 Europe/Berlin do total");
    FakeMessage made = stage.shows("C1", "Schedule 1: every day at 18:00, do total");
    assertTrue(made.shown().contains("Europe/Berlin"), made.shown());
    int calls = stage.model.calls.get();
    Instant due = only().nextAt();
    stage.restartAt(due.minusMillis(300));
    FakeMessage first = stage.shows("C1", "Schedule 1 of Person U1");
    assertEquals(thread, first.thread);
    assertTrue(first.shown().contains("total: 200"), first.shown());
    assertFalse(first.shown().contains("was not running"), first.shown());
    assertEquals(
        due.plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.DAYS),
        only().nextAt().truncatedTo(ChronoUnit.DAYS));
    stage.restartAt(only().nextAt().plus(Duration.ofDays(2)).plusSeconds(3600));
    FakeMessage late = stage.shows("C1", "this run replaces 3 missed runs");
    assertTrue(late.shown().contains("The data have not changed since run"), late.shown());
    Until.holds("settled", stage::settled);
    assertEquals(2, shown("Schedule 1 of Person U1"));
    assertEquals(calls, stage.model.calls.get(), "a saved computation asks no model");
  }

  @Test
  void anAlertSpeaksWhenTheNewestFileCrossesIt() throws Exception {
    String thread = saved();
    say("U1", thread, "every day at 9:00 UTC alert when do total > 250");
    FakeMessage made = stage.shows("C1", "Alert 1: every day at 9:00");
    assertTrue(made.shown().contains("It was 200 when total was saved."), made.shown());
    stage.restartAt(only().nextAt().plusMillis(100));
    Until.holds("the first look", () -> only().last().number() > 0);
    assertEquals("200", only().last().value());
    String file = stage.slack.upload("sales.csv", SALES + "2024-03,90\n");
    say("U1", thread, "", file);
    stage.shows("C1", "Got sales.csv");
    stage.restartAt(only().nextAt().plusMillis(100));
    FakeMessage alert = stage.shows("C1", "Alert 1: do total is now 290");
    assertTrue(alert.shown().contains("Before: 200 (run 2"), alert.shown());
    assertEquals(thread, alert.thread);
    stage.restartAt(only().nextAt().plusMillis(100));
    Until.holds("the third look", () -> only().last().number() == 4);
    Until.holds("settled", stage::settled);
    assertEquals(1, shown("is now"));
  }

  @Test
  void whoLeavesTheWorkspaceIsPausedAndTheChannelIsTold() throws Exception {
    String thread = saved();
    say("U1", thread, "every weekday at 8 do total");
    stage.shows("C1", "Schedule 1: every weekday at 8:00");
    stage.slack.users.put(
        "U1",
        FakeSlack.json
            .createObjectNode()
            .put("id", "U1")
            .put("team_id", FakeSlack.TEAM)
            .put("real_name", "Person U1")
            .put("deleted", true));
    stage.restartAt(only().nextAt().plusMillis(100));
    FakeMessage told = stage.shows("C1", "Schedule 1 is paused: Person U1 is no longer here");
    assertTrue(told.shown().contains("resume 1"), told.shown());
    assertTrue(only().isPaused());
  }
}

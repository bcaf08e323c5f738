package dev.reckon.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.adapters.llm.FakeModelServer;
import dev.reckon.adapters.llm.FakeModelServer.Answer;
import dev.reckon.adapters.telegram.TelegramTeam;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code /metrics} says after a hundred turns of the started program, everything real but
 * Telegram and the model: the figures must be those of what happened. With {@code
 * -Dreckon.docs=write} they become {@code docs/metrics.md}. Needs a worker.
 */
class MetricsIT {
  private static final long FIRST_PERSON = 8000;
  private static final long BLOCKED = 9999;
  private static final String SENDS = "reckon_sends_seconds_count";

  /** What a hundred people ask, one each, and how many of them. */
  private enum Asked {
    SUM("What is the sum of %d and 1?", 60),
    DOUBT("Doubt the number %d, please.", 10),
    TRIP("Trip over the number %d once.", 10),
    STUMBLE("Stumble over the number %d each time.", 5),
    WHICH("Which one is meant by %d?", 5),
    REFUSED("The server refuses the number %d.", 5),
    RUN("/run print('typed', %d)", 5);

    private final String words;
    private final int people;

    Asked(String words, int people) {
      this.words = words;
      this.people = people;
    }

    boolean in(String prompt) {
      return prompt.contains(words.substring(0, words.indexOf('%')));
    }
  }

  @TempDir private Path folder;

  @Test
  void theFiguresOfAHundredTurnsAddUp() throws Exception {
    try (FakeModelServer model = new FakeModelServer().answerBy(MetricsIT::answer);
        TelegramTeam team =
            new TelegramTeam(
                folder,
                model.url(),
                List.of("sandbox.workers=2", "policy.blocked=telegram/" + BLOCKED))) {
      team.start();
      assertEquals(200, team.status("/health/live"));
      team.fail("sendmessage", 500, "Internal Server Error");
      team.fail("sendmessage", -1, "");
      team.slowDown("sendmessage", 1);
      everybodyAsks(team);
      // What stands on everybody's screen, told twice and by somebody who may not.
      team.write(FIRST_PERSON, 1, "What is the sum of 0 and 1?");
      team.write(BLOCKED, 1, "What is the sum of 1 and 1?");
      team.until("the last word", () -> scrape(team).of("reckon_deliveries_total") == 102);
      team.until("all are answered", () -> team.texts(BLOCKED).size() == 1 && idle(team));
      // A call is counted when its answer has arrived, which is after the platform gave it.
      team.until("what was sent is counted", () -> sent(scrape(team)) == sent(team));
      Scrape scrape = scrape(team);
      everyEndIsCounted(scrape);
      assertEquals(model.calls().size(), scrape.of("reckon_model_calls_seconds_count"));
      whatTheModelCost(scrape, model.calls().size());
      whatRan(scrape);
      whatCameAndWent(scrape, team);
      scrape.followsTheConventions();
      assertFalse(scrape.text().contains("telegram/"), "no person, no chat");
      if ("write".equals(System.getProperty("reckon.docs"))) {
        Files.writeString(StartedReckon.HOME.resolve("docs/metrics.md"), page(scrape));
      }
      assertTrue(team.stop());
    }
  }

  private static void everybodyAsks(TelegramTeam team) {
    int number = 0;
    for (Asked asked : Asked.values()) {
      for (int i = 0; i < asked.people; i++) {
        team.write(FIRST_PERSON + number, 1, asked.words.formatted(number));
        number++;
      }
    }
    assertEquals(100, number);
  }

  /** By what is asked for: a program, its repair, or a verdict on what it printed. */
  private static Answer answer(FakeModelServer.Call call) {
    String prompt = call.last("user");
    if (prompt.contains("⟦output⟧")) {
      String objection = Asked.DOUBT.in(prompt) ? "I doubt it" : "";
      String quote = objection.isEmpty() ? "result" : "";
      return Answer.text(
          """
          {"requirements":[{"requirement":"the number","kind":"measure","quote":"%s","mismatch":"%s"}]}\
          """
              .formatted(quote, objection));
    }
    if (Asked.REFUSED.in(prompt)) {
      return Answer.error(400, "this model does not answer that");
    }
    if (Asked.WHICH.in(prompt)) {
      return Answer.text("ASK: Which one do you mean?");
    }
    boolean repair = prompt.contains("NameError");
    boolean wrong =
        repair ? prompt.contains("stumbled") : Asked.TRIP.in(prompt) || Asked.STUMBLE.in(prompt);
    String name = Asked.TRIP.in(prompt) ? "tripped" : "stumbled_%d".formatted(prompt.length());
    return Answer.text(
        "```python\n" + (wrong ? "print(" + name + ")" : "print('result:', 6 * 7)") + "\n```");
  }

  private static void everyEndIsCounted(Scrape scrape) {
    String count = "reckon_turns_seconds_count";
    assertEquals(Asked.SUM.people + Asked.TRIP.people, scrape.of(count, "status=\"verified\""));
    assertEquals(Asked.DOUBT.people, scrape.of(count, "status=\"unverified\""));
    assertEquals(Asked.STUMBLE.people, scrape.of(count, "status=\"failed\""));
    assertEquals(Asked.WHICH.people, scrape.of(count, "status=\"asked\""));
    assertEquals(Asked.REFUSED.people, scrape.of(count, "status=\"model_error\""));
    assertEquals(Asked.RUN.people, scrape.of(count, "status=\"not_judged\""));
    assertEquals(100, scrape.of(count));
    assertEquals(100, scrape.of("reckon_turn_attempts_count"));
    assertEquals(0, scrape.of("reckon_turns_running"));
  }

  /** The stand-in counts 100 tokens in and 20 out for each reply. */
  private static void whatTheModelCost(Scrape scrape, int calls) {
    double answered = scrape.of("reckon_model_calls_seconds_count", "outcome=\"ok\"");
    assertEquals(calls - Asked.REFUSED.people, answered);
    assertEquals(100 * answered, scrape.of("reckon_model_tokens_total", "direction=\"input\""));
    assertEquals(20 * answered, scrape.of("reckon_model_tokens_total", "direction=\"output\""));
    double judged = scrape.of("reckon_model_calls_seconds_count", "purpose=\"judge\"");
    assertEquals(Asked.SUM.people + Asked.TRIP.people + Asked.DOUBT.people, judged);
  }

  private static void whatRan(Scrape scrape) {
    double attempts = scrape.of("reckon_turn_attempts_sum");
    double runs = scrape.of("reckon_sandbox_runs_total");
    assertTrue(runs >= attempts, "each attempt is a run");
    assertTrue(runs <= 2 * attempts, "what was cheap is run again, to see whether it varies");
    assertEquals(0, scrape.of("reckon_sandbox_killed_total"));
    assertEquals(0, scrape.of("reckon_sandbox_queued"));
    // Two workers, and the second engine's where this machine has one.
    double wanted = scrape.of("reckon_sandbox_workers_wanted");
    assertTrue(wanted == 2 || wanted == 4, "as many as the settings ask for");
    assertTrue(scrape.of("reckon_sandbox_workers") <= wanted, "in one state each");
  }

  private static void whatCameAndWent(Scrape scrape, TelegramTeam team) {
    String deliveries = "reckon_deliveries_total";
    assertEquals(101, scrape.of(deliveries, "outcome=\"new\""));
    assertEquals(1, scrape.of(deliveries, "outcome=\"repeated\""));
    assertEquals(100, scrape.of("reckon_admissions_total", "decision=\"admitted\""));
    assertEquals(1, scrape.of("reckon_admissions_total", "decision=\"refused_blocked\""));
    assertEquals(1, scrape.of(SENDS, "outcome=\"rate_limited\""));
    assertEquals(2, scrape.of(SENDS, "outcome=\"transient\""));
    assertEquals(
        (double) team.calls("sendmessage", 200),
        scrape.of(SENDS, "outcome=\"ok\"", "what=\"post\""));
    assertEquals(
        (double) team.calls("editmessagetext", 200),
        scrape.of(SENDS, "outcome=\"ok\"", "what=\"edit\""));
    assertEquals(0, scrape.of("reckon_waiting"));
    assertEquals(0, scrape.of("reckon_waiting_oldest_seconds"));
  }

  private static double sent(Scrape scrape) {
    return scrape.of(SENDS, "outcome=\"ok\"", "what=\"post\"")
        + scrape.of(SENDS, "outcome=\"ok\"", "what=\"edit\"");
  }

  private static double sent(TelegramTeam team) {
    return team.calls("sendmessage", 200) + team.calls("editmessagetext", 200);
  }

  private static boolean idle(TelegramTeam team) {
    Scrape scrape = scrape(team);
    return scrape.of("reckon_turns_seconds_count") == 100 && scrape.of("reckon_waiting") == 0;
  }

  private static Scrape scrape(TelegramTeam team) {
    try {
      return Scrape.read(team.get("/metrics"));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static String page(Scrape scrape) {
    String figures =
        scrape
            .text()
            .lines()
            .filter(line -> line.matches("(# (HELP|TYPE) )?reckon_.*"))
            .filter(line -> !line.contains("_bucket{") && !line.matches("# TYPE .*_max gauge"))
            .filter(line -> !line.matches("(# HELP )?\\w+_max[ {].*"))
            .collect(Collectors.joining("\n"));
    return """
    # What /metrics exports

    A test (`MetricsIT`, with `-Dreckon.docs=write`) made this page on %s. A hundred people send the started program one
    request each. Then a message arrives twice, a person writes who may not use Reckon, and Telegram fails with status 500, a
    broken connection and "slow down". Telegram and the model are servers on the same machine. The test compares the figures
    with what happened. Histogram buckets, recent maxima (`_max`) and JVM metrics are left out here.
    [What to watch](operations.md#what-to-watch) says which metrics matter.

    ```
    %s
    ```
    """
        .formatted(LocalDate.now(ZoneOffset.UTC), figures);
  }
}

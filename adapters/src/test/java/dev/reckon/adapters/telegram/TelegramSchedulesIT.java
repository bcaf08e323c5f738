package dev.reckon.adapters.telegram;

import static dev.reckon.adapters.telegram.People.ANNA;
import static dev.reckon.adapters.telegram.People.GROUP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.app.BuiltSandbox;
import dev.reckon.core.store.Schedule;
import dev.reckon.sandbox.Sandbox;
import dev.reckon.testing.Until;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Schedules and alerts in Telegram, across restarts, with the real core and sandbox. */
class TelegramSchedulesIT {
  private static final byte[] SALES =
      "month,revenue\n2024-01,120\n2024-02,80\n".getBytes(StandardCharsets.UTF_8);
  private static final String TOTAL =
      """
      ```python
      import csv
      print('result:', sum(int(row['revenue']) for row in csv.DictReader(open('sales.csv'))))
      ```\
      """;

  private static @Nullable Sandbox sandbox;

  @TempDir Path folder;
  private final FakeTelegram telegram;
  private final PlayedModel model = new PlayedModel();
  private StoryWorld world;

  TelegramSchedulesIT() throws IOException {
    telegram = new FakeTelegram();
    telegram.chat(ANNA);
    telegram.chat(GROUP);
  }

  @BeforeAll
  static void open() throws Exception {
    Sandbox opened = BuiltSandbox.open(1);
    sandbox = opened;
    opened.environment().get(5, TimeUnit.MINUTES);
  }

  @AfterAll
  static void shut() throws IOException {
    Objects.requireNonNull(sandbox).close();
  }

  @BeforeEach
  void start() {
    startAt(Instant.now());
  }

  private void startAt(Instant time) {
    Clock clock = Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), time));
    world = StoryWorld.open(telegram, folder, model, Objects.requireNonNull(sandbox), clock);
  }

  private void restartAt(Instant time) throws InterruptedException {
    world.settle();
    world.close();
    startAt(time);
  }

  @AfterEach
  void close() throws IOException {
    world.close();
    telegram.close();
  }

  private void say(long chat, int message, String words) {
    telegram.queue(People.text(chat, ANNA, message, words));
  }

  private String awaitText(long chat, String words) throws InterruptedException {
    Until.holds(
        words + " in " + telegram.chat(chat).texts(),
        () -> telegram.chat(chat).texts().stream().anyMatch(text -> text.contains(words)));
    return telegram.chat(chat).texts().stream()
        .filter(text -> text.contains(words))
        .toList()
        .getLast();
  }

  private Schedule only() {
    Instant late = Instant.parse("2999-01-01T00:00:00Z");
    return world.store().schedules().due(Set.of("telegram"), late).getFirst();
  }

  private void saved(long chat) throws InterruptedException {
    model.when("total revenue", TOTAL);
    String id = telegram.file(SALES);
    telegram.queue(
        People.document(chat, ANNA, 1, id, "sales.csv", SALES.length, "/ask total revenue"));
    awaitText(chat, "result: 200");
    say(chat, 2, "/save total");
    awaitText(chat, "Saved as");
  }

  @Test
  void aScheduleInAPrivateChatRunsOnTimeAndOnceForWhatWasMissed() throws Exception {
    saved(ANNA);
    say(ANNA, 3, "settings timezone America/New_York");
    awaitText(ANNA, "timezone is now America/New_York");
    say(ANNA, 4, "every monday 9:00 do total");
    String made = awaitText(ANNA, "Schedule 1: every Monday at 9:00, do total");
    assertTrue(made.contains("America/New_York"), made);
    int asked = model.asked().size();
    restartAt(only().nextAt().minusMillis(300));
    String run = awaitText(ANNA, "Schedule 1 of Anna: every Monday at 9:00.");
    assertTrue(run.contains("result: 200"), run);
    restartAt(only().nextAt().plus(Duration.ofDays(8)));
    String late = awaitText(ANNA, "this run replaces 2 missed runs");
    assertTrue(late.contains("The data have not changed"), late);
    world.settle();
    assertEquals(asked, model.asked().size(), "no model is asked");
    say(ANNA, 5, "unschedule 1");
    awaitText(ANNA, "1 has ended");
  }

  @Test
  void whoLeavesTheGroupIsPausedAndTheGroupIsTold() throws Exception {
    saved(GROUP);
    say(GROUP, 3, "/every day at 9 UTC do total");
    awaitText(GROUP, "Schedule 1: every day at 9:00");
    telegram.chat(GROUP).left.add(ANNA);
    restartAt(only().nextAt().plusMillis(100));
    String told = awaitText(GROUP, "Schedule 1 is paused");
    assertTrue(told.contains("Anna is no longer here"), told);
  }

  @Test
  void anAlertSaysNothingUntilItsConditionIsMet() throws Exception {
    saved(ANNA);
    say(ANNA, 3, "alert when do total falls below 150 every day at noon UTC");
    awaitText(ANNA, "Alert 1: every day at 12:00");
    restartAt(only().nextAt().plusMillis(100));
    Until.holds("the first look", () -> only().last().value().equals("200"));
    byte[] fewer = "month,revenue\n2024-01,120\n".getBytes(StandardCharsets.UTF_8);
    String id = telegram.file(fewer);
    telegram.queue(People.document(ANNA, ANNA, 4, id, "sales.csv", fewer.length, ""));
    awaitText(ANNA, "1 row after the header");
    restartAt(only().nextAt().plusMillis(100));
    String alert = awaitText(ANNA, "Alert 1: do total is now 120");
    assertTrue(alert.contains("Before: 200 (run 2"), alert);
  }
}

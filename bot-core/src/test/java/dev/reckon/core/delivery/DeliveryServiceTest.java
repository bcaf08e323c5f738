package dev.reckon.core.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.loop.Backoff;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.policy.Admission;
import dev.reckon.core.store.jdbi.JdbiStore;
import dev.reckon.core.store.jdbi.Samples;
import dev.reckon.core.surface.FakeSurface;
import dev.reckon.core.turn.TurnStatus;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliveryServiceTest {
  private static final SchedulerSettings QUICK =
      new SchedulerSettings(
          8,
          10_000,
          Duration.ofMillis(500),
          new Backoff(Duration.ofMillis(20), Duration.ofSeconds(1), Duration.ofDays(1)),
          4,
          Duration.ofMillis(200),
          Duration.ofSeconds(6));

  @TempDir Path folder;
  private final FakeSurface surface = new FakeSurface();
  private final List<String> said = Collections.synchronizedList(new ArrayList<>());
  private JdbiStore store;
  private FakeDriver driver;
  private DeliveryService service;

  @BeforeEach
  void open() {
    store = JdbiStore.open("jdbc:sqlite:" + folder.resolve("reckon.db"), Clock.systemUTC());
    StoreJournal journal = new StoreJournal(store.turns());
    driver = new FakeDriver(journal);
    service =
        new DeliveryService(
            TestDependencies.of(
                store, driver, Admission.open(), new PlainWords(), Clock.systemUTC()),
            QUICK,
            said::add);
  }

  @AfterEach
  void close() {
    service.close();
    store.close();
  }

  private void restart() {
    service.close();
    store.close();
    open();
  }

  @Test
  void whatArrivesIsAnsweredInOrder() throws Exception {
    service.start(List.of(surface));
    for (int i = 0; i < 10; i++) {
      assertTrue(service.inbox().receive(Samples.words("d" + i, "question " + i)));
    }
    assertFalse(service.inbox().receive(Samples.words("d3", "question 3")));
    surface.awaitHeadlines(lines -> lines.size() == 10);
    assertEquals(
        IntStream.range(0, 10).mapToObj(i -> "question " + i).toList(),
        driver.requests.stream().map(request -> request.text()).toList());
  }

  @Test
  void oneProcessAloneHasNoHeartbeat() {
    service.start(List.of(surface));
    assertTrue(service.loops().stream().noneMatch(loop -> loop.name().equals("heartbeat")));
  }

  @Test
  void conversationsRunSideBySide() throws Exception {
    service.start(List.of(surface));
    service.inbox().receive(Samples.words("1", "wait here"));
    driver.waiting.await();
    service.inbox().receive(Samples.words("2", new ConversationId("test/other"), "hello"));
    surface.awaitHeadlines(lines -> lines.contains("Hello."));
    service.inbox().receive(Samples.words("3", "cancel"));
    surface.awaitHeadlines(lines -> lines.contains("Because."));
  }

  @Test
  void whatArrivedBeforeTheStartIsAnswered() throws Exception {
    service.inbox().receive(Samples.words("1", "early"));
    restart();
    service.start(List.of(surface));
    surface.awaitHeadlines(lines -> lines.contains("Because."));
  }

  @Test
  void closingLeavesARunningTurnToTheNextStart() throws Exception {
    service.start(List.of(surface));
    service.inbox().receive(Samples.words("1", "wait here"));
    driver.waiting.await();
    restart();
    assertEquals(
        List.of(
            "Waiting for one running turn to end",
            "One turn is left as saved, to continue after the next start"),
        said);
    assertEquals(1, store.turns().running(Samples.TALK).size());
    service.start(List.of(surface));
    driver.waiting.await();
    service.inbox().receive(Samples.words("2", "cancel"));
    surface.awaitHeadlines(lines -> lines.contains("Because."));
    assertEquals(1, store.turns().recent(Samples.TALK, 10).size());
  }

  @Test
  void aWishToCancelHoldsThroughARestart() throws Exception {
    service.start(List.of(surface));
    service.inbox().receive(Samples.words("1", "wait here"));
    driver.waiting.await();
    service.close();
    store.turns().askToCancel(store.turns().running(Samples.TALK).getFirst().id(), "test/ada");
    restart();
    service.start(List.of(surface));
    surface.awaitHeadlines(lines -> lines.contains("Because."));
    assertTrue(store.turns().running(Samples.TALK).isEmpty());
  }

  @Test
  void aDeliveryThatCannotBeHandledIsGivenUpAndHoldsUpNothing() throws Exception {
    service.start(List.of(surface));
    service.inbox().receive(Samples.words("1", "fail"));
    service.inbox().receive(Samples.words("2", "hello"));
    surface.awaitHeadlines(lines -> lines.contains("Hello."));
    assertTrue(surface.headlines().getFirst().startsWith("Something went wrong"));
  }

  @Test
  void manyConversationsLoseNothing() throws Exception {
    service.start(List.of(surface));
    for (int i = 0; i < 200; i++) {
      service
          .inbox()
          .receive(Samples.words("d" + i, new ConversationId("test/c" + i % 20), "hello"));
    }
    surface.awaitHeadlines(lines -> lines.size() == 200);
  }

  private void change(String id, String text) {
    service
        .inbox()
        .receive(Samples.of(id, Samples.TALK, new Content.Edited("1", text, false, true)));
  }

  private List<String> answers() {
    return surface.messages.values().stream()
        .flatMap(message -> message.reply().blocks().stream())
        .flatMap(
            block ->
                block instanceof Block.Output(String text, long _) ? Stream.of(text) : Stream.of())
        .toList();
  }

  @Test
  void aChangedRequestIsAnsweredInTheSameReply() throws Exception {
    service.start(List.of(surface));
    service.inbox().receive(Samples.words("1", "old"));
    surface.awaitHeadlines(lines -> answers().equals(List.of("old")));
    service.inbox().receive(Samples.words("2", "hello"));
    surface.awaitHeadlines(lines -> lines.contains("Hello."));
    change("3", "new");
    surface.awaitHeadlines(lines -> answers().equals(List.of("new")));
    change("4", "newer");
    surface.awaitHeadlines(lines -> answers().equals(List.of("newer")));
    assertEquals(List.of("Because.", "Hello."), surface.headlines());
  }

  @Test
  void aChangeEndsWhatRunsForTheRequestAsItWas() throws Exception {
    service.start(List.of(surface));
    service.inbox().receive(Samples.words("1", "wait"));
    driver.waiting.await();
    change("2", "new");
    surface.awaitHeadlines(lines -> answers().contains("new"));
    assertEquals(
        TurnStatus.CANCELLED,
        Objects.requireNonNull(store.turns().find(1).orElseThrow().result()).status());
  }
}

package dev.reckon.core.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import dev.reckon.core.loop.Backoff;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.policy.Gatekeeper;
import dev.reckon.core.policy.LocalAdmissionState;
import dev.reckon.core.policy.Policy;
import dev.reckon.core.policy.PolicyKey;
import dev.reckon.core.store.RecordedAdmission;
import dev.reckon.core.store.jdbi.JdbiStore;
import dev.reckon.core.store.jdbi.Samples;
import dev.reckon.core.surface.FakeSurface;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The policy and the log where they matter: in the engine, on a real store. */
class AdmissionInServiceTest {
  private static final String SECRET = "the-board-earns-a-million";
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
  private final Captured captured = new Captured();
  private volatile Policy policy = Policy.STANDARD;
  private JdbiStore store;
  private FakeDriver driver;
  private DeliveryService service;

  @BeforeEach
  void open() throws Exception {
    store = JdbiStore.open("jdbc:sqlite:" + folder.resolve("reckon.db"), Clock.systemUTC());
    StoreJournal journal = new StoreJournal(store.turns());
    driver = new FakeDriver(journal);
    service =
        new DeliveryService(
            TestDependencies.of(
                store,
                driver,
                new RecordedAdmission(
                    new Gatekeeper(
                        () -> policy,
                        store.ledger(),
                        new LocalAdmissionState(Clock.systemUTC()),
                        Clock.systemUTC()),
                    store.audit()),
                new PlainWords(),
                Clock.systemUTC()),
            QUICK,
            line -> {});
    captured.start();
    root().addAppender(captured);
    service.start(List.of(surface));
  }

  @AfterEach
  void close() {
    service.close();
    store.close();
    root().detachAppender(captured);
  }

  @Test
  void aRefusalIsReadInTheThreadAndStandsOnTheRecord() throws Exception {
    policy = policy.with(PolicyKey.PERSON_PER_MINUTE, "1");
    service.inbox().receive(Samples.words("1", "first"));
    service.inbox().receive(Samples.words("2", "second"));
    surface.awaitHeadlines(
        lines -> lines.stream().anyMatch(line -> line.startsWith("You have asked too often")));
    assertEquals(1, driver.requests.size());
    assertEquals(
        List.of("refused rate", "turn"),
        store.audit().since(Instant.EPOCH, 10).stream()
            .map(line -> line.event().equals("turn") ? "turn" : line.event() + " " + line.outcome())
            .toList());
  }

  @Test
  void peopleWhoMayNotAreToldSoForEveryWord() throws Exception {
    policy = policy.with(PolicyKey.TEAMS, "slack/other");
    service.inbox().receive(Samples.words("1", "hello"));
    surface.awaitHeadlines(
        lines ->
            lines.contains(
                "Reckon is not enabled here; ask an administrator of Reckon to add"
                    + " test/team."));
    assertEquals(List.of(), driver.requests);
    assertEquals("not_listed", store.audit().since(Instant.EPOCH, 1).getFirst().outcome());
  }

  @Test
  void aSecondRequestElsewhereWaitsWithANoticeAndStartsByItself() throws Exception {
    service.inbox().receive(Samples.words("1", "wait here"));
    driver.waiting.await();
    service.inbox().receive(Samples.words("2", new ConversationId("test/other"), "next"));
    surface.awaitHeadlines(
        lines ->
            lines.stream().anyMatch(line -> line.startsWith("Your earlier request still runs")));
    assertEquals(1, driver.requests.size());
    service.inbox().receive(Samples.words("3", "cancel"));
    surface.awaitHeadlines(
        lines -> lines.stream().filter(line -> line.equals("Because.")).count() == 2);
    assertEquals(
        List.of("wait here", "next"), driver.requests.stream().map(r -> r.text()).toList());
    assertEquals(
        1,
        surface.headlines().stream()
            .filter(line -> line.startsWith("Your earlier request still runs"))
            .count(),
        "the notice comes once");
  }

  /**
   * Faults are where text leaks: here the database refuses a row that holds what somebody wrote.
   */
  @Test
  void noTextOfAPersonIsLoggedAboveDebugEvenWhenThingsBreak() throws Exception {
    service.inbox().receive(Samples.words("1", SECRET));
    surface.awaitHeadlines(lines -> lines.contains("Because."));
    execute("create trigger broken before insert on turn begin select raise(abort, 'broken'); end");
    service.inbox().receive(Samples.words("2", SECRET + " again"));
    surface.awaitHeadlines(
        lines -> lines.stream().anyMatch(line -> line.startsWith("Something went wrong")));
    execute("drop trigger broken");
    assertTrue(
        captured.lines.stream().anyMatch(line -> line.contains("Giving up")),
        () -> "the fault itself is logged: " + captured.lines);
    assertEquals(List.of(), captured.lines.stream().filter(line -> line.contains(SECRET)).toList());
  }

  @Test
  void linesOfADeliveryCarryItsConversation() throws Exception {
    service.inbox().receive(Samples.words("1", "fail"));
    surface.awaitHeadlines(
        lines -> lines.stream().anyMatch(line -> line.startsWith("Something went wrong")));
    assertTrue(
        captured.lines.stream()
            .anyMatch(
                line -> line.contains("Giving up") && line.contains("conversation=test/talk")),
        captured.lines::toString);
  }

  private void execute(String sql) throws Exception {
    try (Connection connection = store.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  /** Everything above debug, with its exceptions and its scope, as one text a line. */
  private static final class Captured extends AppenderBase<ILoggingEvent> {
    final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    protected void append(ILoggingEvent event) {
      if (event.getLevel().isGreaterOrEqual(Level.INFO)) {
        lines.add(
            event.getFormattedMessage()
                + " "
                + event.getMDCPropertyMap()
                + " "
                + (event.getThrowableProxy() == null
                    ? ""
                    : ThrowableProxyUtil.asString(event.getThrowableProxy())));
      }
    }
  }
}

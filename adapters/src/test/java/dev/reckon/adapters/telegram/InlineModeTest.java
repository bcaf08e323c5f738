package dev.reckon.adapters.telegram;

import static dev.reckon.adapters.telegram.People.ANNA;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.fasterxml.jackson.databind.JsonNode;
import dev.reckon.adapters.surface.RecordingInbox;
import dev.reckon.core.calculate.Calculator.Outcome;
import dev.reckon.core.calculate.Expression;
import dev.reckon.core.policy.InlineGate;
import dev.reckon.core.policy.Policy;
import dev.reckon.core.policy.PolicyKey;
import dev.reckon.testing.Until;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.telegram.telegrambots.meta.api.objects.User;
import org.telegram.telegrambots.meta.api.objects.inlinequery.InlineQuery;

class InlineModeTest {
  private final FakeTelegram telegram;
  private final RecordingInbox inbox = new RecordingInbox();
  private final TelegramAdapter adapter;
  private final ConcurrentLinkedQueue<String> computed = new ConcurrentLinkedQueue<>();
  private final CountDownLatch slow = new CountDownLatch(1);
  private final CountDownLatch interrupted = new CountDownLatch(1);
  private volatile Policy policy =
      Policy.STANDARD
          .with(PolicyKey.INLINE, "true")
          .with(PolicyKey.PEOPLE, TelegramIds.person(ANNA));

  InlineModeTest() throws IOException {
    telegram = new FakeTelegram();
    adapter =
        new TelegramAdapter(
            telegram.settings(),
            List.of(),
            new UnjoinedChats(
                new InlineGate(() -> policy, InstantSource.system()), this::compute, () -> false),
            FakeTelegram.noRichChats(),
            FakeTelegram.quick(Duration.ZERO, Duration.ofMillis(300), System::nanoTime));
    adapter.start(inbox, inbox, () -> true);
  }

  private Outcome compute(String person, Expression expression) throws InterruptedException {
    computed.add(expression.python());
    if (expression.python().equals("9**9**9")) {
      try {
        slow.await();
      } catch (InterruptedException e) {
        interrupted.countDown();
        throw e;
      }
    }
    if (expression.python().equals("7*6")) {
      throw new LinkageError("no such class");
    }
    return expression.python().endsWith("/0")
        ? new Outcome.None("ZeroDivisionError: division by zero")
        : new Outcome.Value("1<b>&" + expression.python().length());
  }

  @AfterEach
  void close() {
    adapter.close();
    telegram.close();
  }

  private JsonNode answer(String query) throws InterruptedException {
    Until.holds("an answer", () -> telegram.inlineAnswer(query).isPresent());
    return telegram.inlineAnswer(query).orElseThrow();
  }

  private void awaitButton(String query) throws InterruptedException {
    JsonNode answer = answer(query);
    assertEquals(0, answer.path("results").size());
    assertEquals("Ask in the private chat", answer.path("button").path("text").asText());
    assertTrue(answer.path("is_personal").asBoolean());
  }

  @Test
  void anExpressionIsAnsweredByItsValueForThatPersonAlone() throws Exception {
    telegram.type(ANNA, "q1", "2^64");
    JsonNode answer = answer("q1");
    assertTrue(answer.path("is_personal").asBoolean());
    JsonNode result = answer.path("results").path(0);
    assertEquals("1<b>&5", result.path("title").asText());
    assertEquals("2^64", result.path("description").asText());
    assertEquals(
        "2^64 = 1<b>&5", result.path("input_message_content").path("message_text").asText());
    assertFalse(result.path("input_message_content").has("parse_mode"), "no markup is read");
    assertEquals(0, inbox.words().size(), "nothing is stored");
  }

  @Test
  void anythingElseLeadsIntoThePrivateChat() throws Exception {
    telegram.type(ANNA, "q1", "total revenue by month");
    awaitButton("q1");
    telegram.type(ANNA, "q2", "");
    awaitButton("q2");
    telegram.type(ANNA, "q3", "1/0");
    awaitButton("q3");
    assertEquals(List.of("1/0"), List.copyOf(computed));
  }

  @Test
  void aFaultOfAnyKindIsLogged() throws Exception {
    Logger logger = (Logger) LoggerFactory.getLogger(InlineAnswers.class);
    Queue<ILoggingEvent> logged = new ConcurrentLinkedQueue<>();
    AppenderBase<ILoggingEvent> appender =
        new AppenderBase<>() {
          @Override
          protected void append(ILoggingEvent event) {
            logged.add(event);
          }
        };
    appender.start();
    logger.addAppender(appender);
    try {
      telegram.type(ANNA, "q1", "7*6");
      Until.holds("a log line", () -> !logged.isEmpty());
      assertEquals("no such class", logged.element().getThrowableProxy().getMessage());
      telegram.type(ANNA, "q2", "2^64");
      answer("q2");
    } finally {
      logger.detachAppender(appender);
    }
  }

  @Test
  void aQueryThatNoThreadTakesIsForgotten() throws Exception {
    ExecutorService none = Executors.newSingleThreadExecutor();
    none.shutdown();
    try (BotApi api = new BotApi(BotConnection.forCalls(telegram.settings()))) {
      InlineAnswers answers =
          new InlineAnswers(
              api,
              new UnjoinedChats(
                  new InlineGate(() -> policy, InstantSource.system()), this::compute, () -> false),
              Duration.ZERO,
              none);
      answers.take(
          new InlineQuery(
              "q1", User.builder().id(7L).firstName("Anna").isBot(false).build(), "2^64", ""));
      assertEquals(0, answers.underWay());
    }
  }

  @Test
  void typingOnEndsWhatIsComputed() throws Exception {
    telegram.type(ANNA, "q1", "9**9**9");
    Until.holds("it runs", () -> computed.contains("9**9**9"));
    telegram.type(ANNA, "q2", "9**9");
    answer("q2");
    interrupted.await();
    assertTrue(telegram.inlineAnswer("q1").isEmpty());
  }

  @Test
  void lettersThatFollowEachOtherAreOneQuery() throws Exception {
    synchronized (telegram) { // they are delivered together
      for (int i = 1; i <= 5; i++) {
        telegram.type(ANNA, "q" + i, "2**1" + "0".repeat(i));
      }
    }
    answer("q5");
    assertEquals(List.of("2**100000"), List.copyOf(computed));
  }

  @Test
  void nobodyMayWhileItIsOffAndWhoIsNotListedMayNot() throws Exception {
    policy = policy.with(PolicyKey.INLINE, "false");
    telegram.type(ANNA, "q1", "2**64");
    awaitButton("q1");
    policy = policy.with(PolicyKey.INLINE, "true");
    telegram.type(People.BEN, "q2", "2**64");
    awaitButton("q2");
    assertTrue(computed.isEmpty());
  }
}

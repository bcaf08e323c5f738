package dev.reckon.core.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reckon.core.loop.Backoff;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.policy.Admission;
import dev.reckon.core.store.LeaseLostException;
import dev.reckon.core.store.Replicas;
import dev.reckon.core.store.Store;
import dev.reckon.core.store.jdbi.JdbiStore;
import dev.reckon.core.store.jdbi.PostgresServer;
import dev.reckon.core.store.jdbi.Samples;
import dev.reckon.core.surface.FakeSurface;
import dev.reckon.core.turn.TurnStatus;
import dev.reckon.core.turn.effect.TurnJournal;
import dev.reckon.testing.Until;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two services on one PostgreSQL database, and one platform that both send to. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ReplicasTest {
  /** Longer than a busy machine keeps a heartbeat waiting. */
  private static final Duration PATIENT = Duration.ofMinutes(1);

  private static final Duration IMPATIENT = Duration.ofSeconds(3);

  private final FakeSurface surface = new FakeSurface();
  private Member one;
  private Member other;

  @BeforeEach
  void open() {
    open(PATIENT);
  }

  private void open(Duration silence) {
    String url = PostgresServer.newest().fresh();
    one = new Member(url, silence);
    other = new Member(url, silence);
  }

  private void reopen(Duration silence) {
    close();
    open(silence);
  }

  @AfterEach
  void close() {
    one.close();
    other.close();
  }

  @Test
  void eachMessageIsAnsweredOnceAndInOrderWhereverItArrives() throws Exception {
    one.service.start(List.of(surface));
    other.service.start(List.of(surface));
    int conversations = 12;
    int messages = 4;
    for (int message = 0; message < messages; message++) {
      for (int i = 0; i < conversations; i++) {
        Member member = (i + message) % 2 == 0 ? one : other;
        ConversationId talk = new ConversationId("test/" + i);
        member.service.inbox().receive(Samples.words(i + "/" + message, talk, i + " " + message));
      }
    }
    surface.awaitHeadlines(lines -> answers(lines) >= (long) conversations * messages);
    one.awaitIdle();
    assertEquals((long) conversations * messages, answers(surface.headlines()));
    Map<String, List<String>> asked =
        one.store.turns().askedBy(Samples.ADA.id(), 1_000).reversed().stream()
            .map(turn -> turn.request())
            .collect(Collectors.groupingBy(text -> text.substring(0, text.indexOf(' '))));
    for (int i = 0; i < conversations; i++) {
      String name = Integer.toString(i);
      assertEquals(
          List.of(name + " 0", name + " 1", name + " 2", name + " 3"), asked.get(name), name);
    }
  }

  private static long answers(List<String> headlines) {
    return headlines.stream().filter("Because."::equals).count();
  }

  @Test
  void theTurnOfAStalledReplicaGoesOnInAnother() throws Exception {
    reopen(IMPATIENT);
    one.service.start(List.of(surface));
    one.service.inbox().receive(Samples.words("1", "wait here"));
    one.driver.waiting.await();
    other.service.start(List.of(surface));
    one.heartbeat.stall();
    other.driver.waiting.await();
    one.heartbeat.resume();
    one.driver.go.countDown();
    one.lost.await();
    other.driver.go.countDown();
    surface.awaitHeadlines(lines -> lines.contains("Because."));
    other.awaitIdle();
    assertEquals(1, answers(surface.headlines()));
    assertEquals(1, other.store.turns().recent(Samples.TALK, 10).size());
  }

  @Test
  void aWishToCancelReachesTheReplicaThatRunsTheTurn() throws Exception {
    one.service.start(List.of(surface));
    one.service.inbox().receive(Samples.words("1", "wait here"));
    one.driver.waiting.await();
    other.service.start(List.of(surface));
    other.service.inbox().receive(Samples.words("2", "cancel"));
    surface.awaitHeadlines(lines -> lines.contains("Because."));
    other.awaitIdle();
    assertEquals(
        List.of(TurnStatus.CANCELLED),
        other.store.turns().recent(Samples.TALK, 10).stream()
            .map(turn -> Objects.requireNonNull(turn.result()).status())
            .toList());
    assertEquals(List.of(), other.driver.requests);
  }

  /** One replica. */
  private static final class Member implements AutoCloseable {
    final JdbiStore store;
    final FakeDriver driver;
    final DeliveryService service;
    final Heartbeat heartbeat;
    final CountDownLatch lost = new CountDownLatch(1);

    Member(String url, Duration silence) {
      store = JdbiStore.open(url, Clock.systemUTC());
      heartbeat = new Heartbeat(store.replicas());
      StoreJournal journal = new StoreJournal(store.turns());
      driver = new FakeDriver(observed(journal));
      service =
          new DeliveryService(
              TestDependencies.of(
                  stallable(store, heartbeat.replicas()),
                  driver,
                  Admission.open(),
                  new PlainWords(),
                  Clock.systemUTC()),
              new SchedulerSettings(
                  8,
                  10_000,
                  Duration.ofMillis(100),
                  new Backoff(Duration.ofMillis(20), Duration.ofSeconds(1), Duration.ofDays(1)),
                  4,
                  Duration.ofMillis(200),
                  silence),
              sentence -> {});
    }

    private TurnJournal observed(StoreJournal journal) {
      return (turn, state) -> {
        try {
          journal.save(turn, state);
        } catch (LeaseLostException e) {
          lost.countDown();
          throw e;
        }
      };
    }

    void awaitIdle() throws Exception {
      Until.holds(
          "nothing is left to do",
          () -> store.backlog().deliveries() + store.backlog().replies() == 0);
    }

    @Override
    public void close() {
      heartbeat.resume();
      service.close();
      store.close();
    }
  }

  /** The store with other replicas. */
  private static Store stallable(JdbiStore store, Replicas replicas) {
    return proxy(
        Store.class,
        (method, arguments) ->
            method.getName().equals("replicas") ? replicas : method.invoke(store, arguments));
  }

  /** A heartbeat that can be held, as in a process that is stopped. */
  private static final class Heartbeat {
    private final Replicas replicas;
    private boolean stalled;

    Heartbeat(Replicas replicas) {
      this.replicas = replicas;
    }

    Replicas replicas() {
      return proxy(
          Replicas.class,
          (method, arguments) -> {
            if (method.getName().equals("beat")) {
              beat();
            }
            return method.invoke(replicas, arguments);
          });
    }

    private synchronized void beat() throws InterruptedException {
      while (stalled) {
        wait();
      }
    }

    synchronized void stall() {
      stalled = true;
    }

    synchronized void resume() {
      stalled = false;
      notifyAll();
    }
  }

  /** What is done instead of a method. */
  private interface Call {
    Object with(Method method, Object[] arguments) throws Exception;
  }

  private static <T> T proxy(Class<T> type, Call call) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              try {
                return call.with(method, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}

package dev.reckon.core.store.jdbi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.message.Address;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.policy.AdmissionRequest;
import dev.reckon.core.policy.AdmissionState;
import dev.reckon.core.policy.LocalAdmissionState;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/** The contract of admission's state, in memory and in each database. */
@ParameterizedClass
@CsvSource({"MEMORY", "SQLITE", "OLDEST_POSTGRESQL", "NEWEST_POSTGRESQL"})
class AdmissionStateTest {
  @Parameter String kind = "MEMORY";
  @TempDir Path folder;
  private final List<JdbiStore> stores = new ArrayList<>();
  private AdmissionState state;
  private AdmissionState elsewhere;

  @BeforeEach
  void open() {
    if (kind.equals("MEMORY")) {
      state = new LocalAdmissionState(Clock.systemUTC());
      elsewhere = state;
    } else {
      String url = TestDatabase.valueOf(kind).fresh(folder);
      stores.add(JdbiStore.open(url, Clock.systemUTC()));
      stores.add(JdbiStore.open(url, Clock.systemUTC()));
      state = stores.get(0).admissionState();
      elsewhere = stores.get(1).admissionState();
    }
  }

  @AfterEach
  void close() {
    stores.forEach(JdbiStore::close);
  }

  private static AdmissionRequest asking(String delivery) {
    return new AdmissionRequest(
        delivery,
        new ConversationId("test/" + delivery),
        Samples.TEAM,
        Samples.ADA,
        new Address("fake", "test/" + delivery, "channel", false),
        AdmissionRequest.Kind.REQUEST);
  }

  @Test
  void aPlaceIsTakenWhereverItIsAskedFor() {
    assertTrue(state.free(asking("1"), 1));
    state.take(asking("1"));
    assertTrue(elsewhere.holds("1"));
    assertFalse(elsewhere.free(asking("2"), 1));
    assertTrue(elsewhere.free(asking("2"), 2));
    assertTrue(elsewhere.queue(asking("2")));
    assertFalse(state.queue(asking("2")));
    assertTrue(state.waits("2"));
    assertEquals(List.of(new ConversationId("test/2")), state.finished("1"));
    assertTrue(elsewhere.free(asking("2"), 1));
    elsewhere.take(asking("2"));
    assertFalse(state.waits("2"));
    assertEquals(List.of(), elsewhere.finished("2"));
    assertFalse(state.holds("2"));
  }

  @Test
  void whoeverCameEarlierGoesFirst() {
    state.take(asking("1"));
    state.queue(asking("2"));
    elsewhere.queue(asking("3"));
    state.finished("1");
    assertFalse(elsewhere.free(asking("3"), 1));
    assertFalse(elsewhere.free(asking("4"), 1));
    assertTrue(state.free(asking("2"), 1));
    state.leave("2");
    assertTrue(elsewhere.free(asking("3"), 1));
  }

  @Test
  void tokensAreUsedUpByAllTogether() {
    assertEquals(Optional.empty(), state.takeToken("ada", 2, 100));
    assertEquals(Optional.empty(), elsewhere.takeToken("ada", 2, 100));
    Duration wait = state.takeToken("ada", 2, 100).orElseThrow();
    assertTrue(wait.compareTo(Duration.ofSeconds(30)) <= 0, wait::toString);
    assertEquals(Optional.empty(), state.takeToken("bob", 2, 100));
    elsewhere.returnToken("ada", 2, 100);
    assertEquals(Optional.empty(), state.takeToken("ada", 2, 100));
  }

  @Test
  void theHourCountsTooAndZeroIsNoLimit() {
    assertEquals(Optional.empty(), state.takeToken("ada", 0, 1));
    assertTrue(elsewhere.takeToken("ada", 0, 1).orElseThrow().compareTo(Duration.ofHours(1)) <= 0);
    for (int i = 0; i < 5; i++) {
      assertEquals(Optional.empty(), state.takeToken("bob", 0, 0));
    }
  }

  @Test
  void changedLimitsStartFull() {
    assertEquals(Optional.empty(), state.takeToken("ada", 1, 100));
    assertTrue(state.takeToken("ada", 1, 100).isPresent());
    assertEquals(Optional.empty(), elsewhere.takeToken("ada", 3, 100));
  }

  @Test
  void ofManyAtOnceAsManyGetAPlaceAsThereAre() throws Exception {
    List<Callable<Boolean>> all = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      AdmissionState where = i % 2 == 0 ? state : elsewhere;
      AdmissionRequest asking = asking("d" + i);
      all.add(
          () ->
              where.atomically(
                  () -> {
                    boolean free = where.free(asking, 3);
                    if (free) {
                      where.take(asking);
                    }
                    return free;
                  }));
    }
    int taken = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (Future<Boolean> one : threads.invokeAll(all)) {
        taken += one.get() ? 1 : 0;
      }
    }
    assertEquals(3, taken);
  }
}

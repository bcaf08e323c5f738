package dev.reckon.core.store.jdbi;

import static dev.reckon.core.store.jdbi.RecordFixture.ADA;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.message.ConversationId;
import dev.reckon.core.store.Files;
import dev.reckon.core.store.Files.StoredFile;
import dev.reckon.core.store.Housekeeping;
import dev.reckon.core.store.LargeFiles;
import dev.reckon.core.store.StoreException;
import dev.reckon.core.store.StoreException.Kind;
import dev.reckon.core.turn.TurnStatus;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files in an object store that is away, loses things, or whose users end at a bad moment. */
@ParameterizedClass
@EnumSource(names = {"SQLITE", "NEWEST_POSTGRESQL"})
class StoredObjectsTest {
  private static final ConversationId HERE = new ConversationId("c1");
  private static final byte[] LARGE = new byte[2000];
  private static final byte[] SMALL = {1};
  private static final int AT_ONCE = 3;
  private static final int ROUNDS = 4;

  @Parameter TestDatabase database = TestDatabase.SQLITE;

  @TempDir Path folder;
  private final RecordFixture.StillClock clock = new RecordFixture.StillClock();
  private final MemoryObjects objects = new MemoryObjects();
  private String url;
  private JdbiStore store;
  private Files files;
  private long turn;

  @BeforeEach
  void open() {
    Arrays.fill(LARGE, (byte) 7);
    url = database.fresh(folder);
    store = open(Duration.ofMinutes(1));
    files = store.files();
    turn = new RecordFixture(store).answered(ADA, "c1", "sums", TurnStatus.VERIFIED, 0.1);
  }

  private JdbiStore open(Duration patience) {
    return JdbiStore.open(
        new StoreAccess(url, null, null, 8, patience),
        Optional.of(new LargeFiles(objects, LARGE.length)),
        clock);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void storingAndReadingWaitForAStoreThatIsAway() throws Exception {
    objects.away(true);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<StoredFile> put = threads.submit(() -> files.put(HERE, "a", LARGE, turn));
      while (objects.refused() < 2) {
        Thread.onSpinWait();
      }
      assertFalse(store.objects().answers());
      objects.away(false);
      StoredFile file = put.get();
      assertTrue(store.objects().answers());
      objects.away(true);
      int before = objects.refused();
      Future<Optional<byte[]>> read = threads.submit(() -> files.read(file.id()));
      while (objects.refused() == before) {
        Thread.onSpinWait();
      }
      objects.away(false);
      assertArrayEquals(LARGE, read.get().orElseThrow());
    }
  }

  @Test
  void afterItsPatienceAFileFailsAndNothingIsLeftBehind() {
    objects.away(true);
    try (JdbiStore impatient = open(Duration.ZERO)) {
      StoreException e =
          assertThrows(StoreException.class, () -> impatient.files().put(HERE, "a", LARGE, turn));
      assertEquals(Kind.UNREACHABLE, e.kind());
    }
    assertEquals(List.of(), files.list(HERE));
    objects.away(false);
    assertEquals(1, store.objects().sweep());
    assertEquals(0, store.objects().sweep());
  }

  @Test
  void aCancelledTurnDoesNotWait() throws Exception {
    objects.away(true);
    Thread[] waiting = new Thread[1];
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> put =
          threads.submit(
              () -> {
                waiting[0] = Thread.currentThread();
                assertThrows(StoreException.class, () -> files.put(HERE, "a", LARGE, turn));
                return Thread.interrupted();
              });
      while (objects.refused() == 0) {
        Thread.onSpinWait();
      }
      waiting[0].interrupt();
      assertTrue(put.get());
    }
  }

  @Test
  void insideATransactionTheObjectStoreIsNotAsked() {
    StoredFile large = files.put(HERE, "a", LARGE, turn);
    StoredFile small = files.put(HERE, "b", new byte[1], turn);
    assertThrows(
        IllegalStateException.class, () -> store.inTransaction(() -> files.read(large.id())));
    assertEquals(1, store.inTransaction(() -> files.read(small.id())).orElseThrow().length);
  }

  @Test
  void anUploadWhoseProcessEndedIsSweptAfterADay() {
    files.prepare(HERE, LARGE);
    store
        .database()
        .update(
            "insert into stored_object (key, conversation, sha256, bytes, state, since)"
                + " values ('never-arrived', 'c1', 'x', 1, 'SENDING', ?)",
            clock.millis());
    assertEquals(1, objects.keys().size());
    assertEquals(0, store.objects().sweep());
    clock.now = clock.now.plus(FileContents.LONGEST_UPLOAD).plusMillis(1);
    assertEquals(2, store.objects().sweep());
    assertEquals(Set.of(), objects.keys());
    assertArrayEquals(LARGE, files.read(files.put(HERE, "a", LARGE, 0).id()).orElseThrow());
  }

  @Test
  void whatWasPreparedAndSweptIsStoredAllTheSame() {
    files.prepare(HERE, LARGE);
    clock.now = clock.now.plus(FileContents.LONGEST_UPLOAD).plusMillis(1);
    store.objects().sweep();
    StoredFile file = store.inTransaction(() -> files.put(HERE, "a", LARGE, 0));
    assertArrayEquals(LARGE, files.read(file.id()).orElseThrow());
  }

  @Test
  void peopleAreForgottenAlsoWhileTheStoreIsAway() {
    StoredFile file = files.put(HERE, "a", LARGE, turn);
    objects.away(true);
    store.privacy().forget(ADA.id());
    assertEquals(Optional.empty(), files.read(file.id()));
    assertEquals(1, objects.keys().size());
    assertThrows(StoreException.class, () -> store.objects().sweep());
    objects.away(false);
    assertEquals(1, store.objects().sweep());
    assertEquals(Set.of(), objects.keys());
  }

  @Test
  void nobodyWhoIsForgottenWaitsForAStoreThatIsKnownToBeAway() {
    files.put(HERE, "a", LARGE, turn);
    files.drop(HERE, "a");
    objects.away(true);
    assertThrows(StoreException.class, () -> store.objects().sweep());
    int before = objects.refused();
    store.privacy().forget(ADA.id());
    assertEquals(before, objects.refused());
  }

  @Test
  void anExportDoesNotWaitForAStoreThatIsAway() {
    files.put(HERE, "a", LARGE, turn);
    objects.away(true);
    assertThrows(
        StoreException.class,
        () -> store.export().write(Optional.empty(), OutputStream.nullOutputStream()));
    assertEquals(1, objects.refused());
  }

  @Test
  void theObjectsOfADatabaseThatCannotBeOpenedAreClosed() throws IOException {
    Path broken = folder.resolve("broken.db");
    java.nio.file.Files.writeString(broken, "not a database, ".repeat(100));
    StoreAccess access = StoreAccess.of("jdbc:sqlite:" + broken);
    Optional<LargeFiles> large = Optional.of(new LargeFiles(objects, LARGE.length));
    assertThrows(StoreException.class, () -> JdbiStore.open(access, large, clock));
    assertEquals(1, objects.closed());
  }

  @Test
  void theSweepOfAStoreThatIsAwayIsNoFailure() {
    files.put(HERE, "a", LARGE, 0);
    files.drop(HERE, "a");
    objects.away(true);
    Housekeeping.sweep(store.objects());
    Housekeeping.sweep(store.objects());
    assertEquals(2, objects.refused());
    objects.away(false);
    Housekeeping.sweep(store.objects());
    assertEquals(Set.of(), objects.keys());
  }

  @Test
  void whatWasPreparedForNothingIsSweptAtOnce() {
    files.prepare(HERE, LARGE);
    files.abandon(HERE, LARGE);
    assertEquals(1, store.objects().sweep());
    StoredFile file = files.put(HERE, "a", LARGE, 0);
    files.abandon(HERE, LARGE);
    assertEquals(0, store.objects().sweep());
    assertArrayEquals(LARGE, files.read(file.id()).orElseThrow());
  }

  @Test
  void aLateDeletionDoesNotHitWhatWasStoredAgain() {
    files.put(HERE, "a", LARGE, 0);
    files.drop(HERE, "a");
    StoredFile again = files.put(HERE, "a", LARGE, 0);
    assertEquals(1, store.objects().sweep());
    assertArrayEquals(LARGE, files.read(again.id()).orElseThrow());
  }

  @Test
  void lostAndChangedBytesAreSaidToBe() {
    StoredFile file = files.put(HERE, "a.csv", LARGE, 0);
    objects.overwrite(objects.keys().iterator().next(), new byte[LARGE.length]);
    StoreException changed = assertThrows(StoreException.class, () -> files.read(file.id()));
    assertTrue(changed.getMessage().contains("a.csv has other contents"), changed.getMessage());
    objects.clear();
    StoreException lost = assertThrows(StoreException.class, () -> files.read(file.id()));
    assertEquals(Kind.CORRUPT, lost.kind());
    assertTrue(lost.getMessage().contains("a.csv is not there"), lost.getMessage());
  }

  @Test
  void withoutTheObjectStoreItsFilesAreNamed() {
    StoredFile file = files.put(HERE, "a.csv", LARGE, 0);
    try (JdbiStore without = JdbiStore.open(url, clock)) {
      StoreException e = assertThrows(StoreException.class, () -> without.files().read(file.id()));
      assertEquals(Kind.CANNOT_OPEN, e.kind());
      assertTrue(e.getMessage().contains("files.store"), e.getMessage());
      assertEquals(1, without.objects().kept().objects());
      without.files().drop(HERE, "a.csv");
      assertEquals(0, without.objects().sweep());
    }
    assertEquals(1, store.objects().sweep());
  }

  @Test
  void aContentThatIsStoredAgainWhileItsLastFileIsDroppedStays() throws Exception {
    files.put(HERE, "a", SMALL, 0);
    AtomicReference<Future<Boolean>> dropped = new AtomicReference<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      StoredFile again =
          store.inTransaction(
              () -> {
                StoredFile kept = files.put(HERE, "b", SMALL, 0);
                Future<Boolean> drop =
                    dropped.updateAndGet(
                        begun ->
                            begun == null ? threads.submit(() -> files.drop(HERE, "a")) : begun);
                while (!drop.isDone() && !database.hasAWaitingWriter(store)) {
                  Thread.onSpinWait();
                }
                return kept;
              });
      assertTrue(Objects.requireNonNull(dropped.get()).get());
      assertArrayEquals(SMALL, files.read(again.id()).orElseThrow());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2000})
  void nothingIsLostWhereManyStoreAndDropTheSame(int bytes) throws Exception {
    byte[] content = Arrays.copyOf(LARGE, bytes);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Boolean>> work = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        String name = "f" + i;
        work.add(
            () -> {
              for (int round = 0; round < ROUNDS; round++) {
                StoredFile file = files.put(HERE, name, content, 0);
                assertArrayEquals(content, files.read(file.id()).orElseThrow());
                assertTrue(files.drop(HERE, name));
                store.objects().sweep();
              }
              return true;
            });
      }
      for (Future<Boolean> done : threads.invokeAll(work)) {
        assertTrue(done.get());
      }
    }
    // Of two uploads at the same moment one may never have been used.
    clock.now = clock.now.plus(FileContents.LONGEST_UPLOAD).plusMillis(1);
    store.objects().sweep();
    assertEquals(Set.of(), objects.keys());
    assertEquals(0, store.objects().kept().objects());
  }
}

package dev.reckon.core.store.jdbi;

import static dev.reckon.core.store.jdbi.RecordFixture.ADA;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.message.ConversationId;
import dev.reckon.core.store.ContentHash;
import dev.reckon.core.store.Files;
import dev.reckon.core.store.Files.StoredFile;
import dev.reckon.core.store.LargeFiles;
import dev.reckon.core.store.Privacy;
import dev.reckon.core.turn.TurnStatus;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the port promises, on each database, with large files in it and in an object store. */
@ParameterizedClass
@MethodSource("places")
class JdbiFilesTest {
  private static final ConversationId HERE = new ConversationId("c1");
  private static final ConversationId THERE = new ConversationId("c2");
  private static final int LARGE = 1000;
  private static final byte[] SMALL = {0, -1, 2};

  @Parameter(0)
  TestDatabase database = TestDatabase.SQLITE;

  @Parameter(1)
  boolean apart;

  @TempDir Path folder;
  private final RecordFixture.StillClock clock = new RecordFixture.StillClock();
  private final MemoryObjects objects = new MemoryObjects();
  private JdbiStore store;
  private Files files;
  private long turn;

  static Stream<Arguments> places() {
    return Stream.of(TestDatabase.values())
        .flatMap(each -> Stream.of(Arguments.of(each, false), Arguments.of(each, true)));
  }

  @BeforeEach
  void open() {
    Optional<LargeFiles> large =
        apart ? Optional.of(new LargeFiles(objects, LARGE)) : Optional.empty();
    store = JdbiStore.open(StoreAccess.of(database.fresh(folder)), large, clock);
    files = store.files();
    RecordFixture fixture = new RecordFixture(store);
    turn = fixture.answered(ADA, HERE.value(), "sums", TurnStatus.VERIFIED, 0.1);
    fixture.answered(ADA, THERE.value(), "sums", TurnStatus.VERIFIED, 0.1);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static byte[] large(int seed) {
    byte[] content = new byte[LARGE + seed];
    Arrays.fill(content, (byte) seed);
    return content;
  }

  private byte[] read(StoredFile file) {
    return files.read(file.id()).orElseThrow();
  }

  @Test
  void bytesComeBackAsTheyWere() {
    for (byte[] content : List.of(new byte[0], SMALL, large(0), large(1))) {
      StoredFile file = files.put(HERE, "a" + content.length, content, turn);
      assertArrayEquals(content, read(file));
      assertEquals(ContentHash.of(content), file.sha256());
      assertEquals(Optional.of(file), files.find(HERE, file.name()));
    }
    assertEquals(4, files.list(HERE).size());
    assertEquals(SMALL.length + 2L * LARGE + 1, files.bytesOf(HERE));
    assertEquals(files.bytesOf(HERE), files.bytesOfTeam(THERE));
  }

  @Test
  void theSameContentTwiceIsTwoFiles() {
    StoredFile one = files.put(HERE, "one", large(1), turn);
    StoredFile two = files.putAttached(HERE, "two", "two.xlsx", large(1));
    StoredFile elsewhere = files.put(THERE, "one", large(1), 0);
    assertTrue(files.drop(HERE, "one"));
    store.objects().sweep();
    assertEquals(Optional.empty(), files.read(one.id()));
    assertArrayEquals(large(1), read(two));
    assertArrayEquals(large(1), read(elsewhere));
    assertEquals("two.xlsx", files.find(HERE, "two").orElseThrow().attached());
  }

  @Test
  void aReplacedFileIsReadableByItsId() {
    StoredFile old = files.put(HERE, "a", large(1), 0);
    StoredFile fresh = files.put(HERE, "a", large(2), 0);
    StoredFile aside = files.putAside(HERE, "a", large(3), turn);
    assertEquals(List.of(fresh), files.list(HERE));
    assertArrayEquals(large(1), read(old));
    assertArrayEquals(large(2), read(fresh));
    assertArrayEquals(large(3), read(aside));
    assertTrue(files.drop(HERE, "a"));
    for (StoredFile gone : List.of(old, fresh, aside)) {
      assertEquals(Optional.empty(), files.read(gone.id()));
    }
    assertEquals(0, files.bytesOf(HERE));
  }

  @Test
  void aTransactionThatFailsStoresNothing() {
    files.prepare(HERE, large(1));
    try {
      store.inTransaction(
          () -> {
            files.put(HERE, "a", large(1), 0);
            throw new IllegalArgumentException("changed its mind");
          });
    } catch (IllegalArgumentException e) {
      assertEquals(List.of(), files.list(HERE));
    }
    StoredFile file = files.put(HERE, "a", large(1), 0);
    assertArrayEquals(large(1), read(file));
  }

  @Test
  void aTransactionStoresWhatWasPreparedAndWhatWasNot() {
    files.prepare(HERE, large(1));
    List<StoredFile> stored =
        store.inTransaction(
            () ->
                List.of(
                    files.put(HERE, "a", large(1), 0),
                    files.put(HERE, "b", large(2), 0),
                    files.put(HERE, "c", SMALL, 0)));
    assertArrayEquals(large(1), read(stored.get(0)));
    assertArrayEquals(large(2), read(stored.get(1)));
    assertArrayEquals(SMALL, read(stored.get(2)));
  }

  @Test
  void aCopyOutlivesTheOriginal() {
    StoredFile file = files.putAttached(HERE, "a", "a.xlsx", large(1));
    files.put(THERE, "a", SMALL, 0);
    StoredFile copy = files.copy(file, THERE).orElseThrow();
    assertEquals(List.of(copy), files.list(THERE));
    assertEquals("a.xlsx", copy.attached());
    files.drop(HERE, "a");
    store.objects().sweep();
    assertArrayEquals(large(1), read(copy));
    assertEquals(Optional.empty(), files.copy(file, THERE));
  }

  @Test
  void whatExpiresIsGone() {
    StoredFile file = files.put(HERE, "a", large(1), 0);
    clock.now = clock.now.plus(Duration.ofDays(40));
    StoredFile fresh = files.put(HERE, "b", large(2), 0);
    Duration none = Duration.ZERO;
    store
        .privacy()
        .sweep(new Privacy.Retention(none, Duration.ofDays(30), none, none), clock.instant());
    assertEquals(Optional.empty(), files.read(file.id()));
    assertArrayEquals(large(2), read(fresh));
    assertEquals(apart ? 1 : 0, objects.keys().size());
  }

  @Test
  void whatIsForgottenIsGone() {
    StoredFile file = files.put(HERE, "a", large(1), turn);
    store.privacy().forget(ADA.id());
    assertEquals(Optional.empty(), files.read(file.id()));
    assertEquals(Set.of(), objects.keys());
  }

  @Test
  void anExportHasTheBytes() throws IOException {
    StoredFile one = files.put(HERE, "a", large(1), turn);
    StoredFile two = files.put(HERE, "b", SMALL, turn);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    store.export().write(Optional.of(ADA.id()), out);
    Set<String> found = new HashSet<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(out.toByteArray()))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.getName().startsWith("files/")) {
          found.add(entry.getName() + " " + ContentHash.of(zip.readAllBytes()));
        }
      }
    }
    assertEquals(
        Set.of("files/" + one.id() + " " + one.sha256(), "files/" + two.id() + " " + two.sha256()),
        found);
  }

  @Test
  void onlyLargeFilesAreKeptApart() {
    files.put(HERE, "small", SMALL, 0);
    files.put(HERE, "large", large(1), 0);
    assertEquals(apart ? 1 : 0, objects.keys().size());
    assertEquals(apart ? 1 : 0, store.objects().kept().objects());
    assertEquals(apart ? LARGE + 1 : 0, store.objects().kept().bytes());
    long inside =
        store
            .database()
            .read(
                handle ->
                    handle.createQuery("select count(*) from content").mapTo(Long.class).one());
    assertEquals(apart ? 1 : 2, inside);
  }
}

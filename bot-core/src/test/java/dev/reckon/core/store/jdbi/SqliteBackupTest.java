package dev.reckon.core.store.jdbi;

import static dev.reckon.core.store.jdbi.RecordFixture.ADA;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.store.StoreException;
import dev.reckon.core.turn.TurnStatus;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteBackupTest {
  @TempDir Path folder;

  @Test
  void aBackupTakenUnderLoadIsWholeAndHoldsNobodyUp() throws Exception {
    Path backup = folder.resolve("copy.db");
    AtomicBoolean stop = new AtomicBoolean();
    CountDownLatch underWay = new CountDownLatch(50);
    try (JdbiStore store = open("reckon.db");
        ExecutorService threads = Executors.newSingleThreadExecutor()) {
      Future<Integer> writer =
          threads.submit(
              () -> {
                RecordFixture fixture = new RecordFixture(store);
                int written = 0;
                while (!stop.get() || written < 50) {
                  fixture.answered(ADA, "c1", "sum " + written++, TurnStatus.VERIFIED, 0.1);
                  underWay.countDown();
                }
                return written;
              });
      underWay.await();
      long before = turns(store);
      store.backup(backup);
      long after = turns(store);
      stop.set(true);
      int written = writer.get();
      assertEquals(written, turns(store));
      try (JdbiStore copy = open("copy.db")) {
        long copied = turns(copy);
        assertTrue(
            copied >= before - 1 && copied <= after + 1, before + " " + copied + " " + after);
        assertEquals(Optional.empty(), copy.damage());
        assertTrue(
            copy.audit().since(Instant.EPOCH, Integer.MAX_VALUE).stream()
                .allMatch(line -> copy.turns().find(line.turn()).isPresent()));
      }
    }
  }

  @Test
  void aRestoredBackupIsTheStoreOfThatTimeAndTheOtherLiesAside() throws Exception {
    Path backup = folder.resolve("backups/monday.db");
    Files.createDirectories(backup.getParent());
    try (JdbiStore store = open("reckon.db")) {
      RecordFixture fixture = new RecordFixture(store);
      fixture.answered(ADA, "c1", "monday", TurnStatus.VERIFIED, 0.1);
      store.backup(backup);
      fixture.answered(ADA, "c1", "tuesday", TurnStatus.VERIFIED, 0.1);
    }
    Path aside = SqliteRestore.restore(url("reckon.db"), backup, Clock.systemUTC()).orElseThrow();
    try (JdbiStore store = open("reckon.db");
        JdbiStore old = JdbiStore.open("jdbc:sqlite:" + aside, Clock.systemUTC())) {
      assertEquals(1, turns(store));
      assertEquals(2, turns(old));
    }
  }

  @Test
  void aStoreThatRunsIsNotReplaced() throws Exception {
    Path backup = folder.resolve("copy.db");
    try (JdbiStore store = open("reckon.db");
        AutoCloseable lock = store.lockInstance(() -> {})) {
      store.backup(backup);
      StoreException refusal =
          assertThrows(
              StoreException.class,
              () -> SqliteRestore.restore(url("reckon.db"), backup, Clock.systemUTC()));
      assertEquals(StoreException.Kind.IN_USE, refusal.kind());
      assertNotEquals(null, lock);
      assertEquals(Optional.empty(), store.damage());
    }
  }

  @Test
  void aDamagedBackupChangesNothing() throws Exception {
    Path backup = folder.resolve("copy.db");
    try (JdbiStore store = open("reckon.db")) {
      new RecordFixture(store).answered(ADA, "c1", "precious", TurnStatus.VERIFIED, 0.1);
      store.backup(backup);
    }
    try (FileChannel file = FileChannel.open(backup, StandardOpenOption.WRITE)) {
      for (long page = 4096; page < file.size(); page += 4096) {
        file.write(ByteBuffer.wrap(new byte[512]), page);
      }
    }
    StoreException refusal =
        assertThrows(
            StoreException.class,
            () -> SqliteRestore.restore(url("reckon.db"), backup, Clock.systemUTC()));
    assertEquals(StoreException.Kind.CORRUPT, refusal.kind());
    try (JdbiStore store = open("reckon.db")) {
      assertEquals(1, turns(store));
    }
  }

  @Test
  void anotherProgramsFileIsNoBackup() throws IOException {
    Path text = Files.writeString(folder.resolve("notes.txt"), "not a database at all");
    StoreException refusal =
        assertThrows(
            StoreException.class,
            () -> SqliteRestore.restore(url("reckon.db"), text, Clock.systemUTC()));
    assertEquals(StoreException.Kind.CORRUPT, refusal.kind());
    assertFalse(Files.exists(folder.resolve("reckon.db")));
  }

  @Test
  void anExistingFileIsNotOverwrittenAndNothingHalfIsLeft() throws IOException {
    Path taken = Files.writeString(folder.resolve("taken.db"), "mine");
    try (JdbiStore store = open("reckon.db")) {
      StoreException refusal = assertThrows(StoreException.class, () -> store.backup(taken));
      assertEquals("There is already a file " + taken + ". Name another.", refusal.getMessage());
      assertThrows(StoreException.class, () -> store.backup(folder.resolve("nowhere/copy.db")));
    }
    assertEquals("mine", Files.readString(taken));
    try (Stream<Path> files = Files.list(folder)) {
      assertFalse(files.anyMatch(file -> file.toString().endsWith(".unfinished")));
    }
  }

  private JdbiStore open(String name) {
    return JdbiStore.open(url(name), Clock.systemUTC());
  }

  private String url(String name) {
    return "jdbc:sqlite:" + folder.resolve(name);
  }

  private static long turns(JdbiStore store) {
    return store.audit().since(Instant.EPOCH, Integer.MAX_VALUE).size();
  }
}

package dev.reckon.core.store.jdbi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.store.StoreException;
import dev.reckon.core.store.StoreException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class StoreErrorsTest {
  @TempDir Path folder;

  private Path file() {
    return folder.resolve("reckon.db");
  }

  private static StoreException open(String url) {
    return fails(() -> JdbiStore.open(url, Clock.systemUTC()).close());
  }

  private static JdbiStore impatient(String url) {
    return JdbiStore.open(new StoreAccess(url, null, null, 8, Duration.ZERO), Clock.systemUTC());
  }

  private static StoreException fails(Executable work) {
    return assertThrows(StoreException.class, work);
  }

  private void create() {
    JdbiStore.open("jdbc:sqlite:" + file(), Clock.systemUTC()).close();
  }

  @Test
  void aReadOnlyDatabaseIsSaidToBe() {
    create();
    try (JdbiStore store =
        JdbiStore.open("jdbc:sqlite:file:" + file() + "?mode=ro", Clock.systemUTC())) {
      StoreException e = fails(() -> store.deliveries().add(Samples.words("1", "x")));
      assertEquals(Kind.READ_ONLY, e.kind());
      assertTrue(e.getMessage().contains("store.url"), e.getMessage());
    }
  }

  @Test
  void aFullDiskIsSaidToBeAndWhatWasKeptStays() {
    create();
    String url = "jdbc:sqlite:" + file();
    try (JdbiStore store = impatient(url + "?max_page_count=80")) {
      store.deliveries().add(Samples.words("1", "kept"));
      StoreException e =
          fails(() -> store.deliveries().add(Samples.words("2", "x".repeat(1_000_000))));
      assertEquals(Kind.FULL, e.kind());
      assertTrue(store.deliveries().find("1").isPresent());
      assertFalse(store.deliveries().find("2").isPresent());
    }
  }

  @Test
  void whatIsNoDatabaseIsSaidToBe() throws IOException {
    Files.writeString(file(), "name,salary\n".repeat(1000));
    StoreException e = open("jdbc:sqlite:" + file());
    assertEquals(Kind.CORRUPT, e.kind());
    assertTrue(e.getMessage().contains("backup"), e.getMessage());
  }

  @Test
  void aDamagedDatabaseIsFoundOut() throws IOException {
    create();
    byte[] bytes = Files.readAllBytes(file());
    Arrays.fill(bytes, 4096, bytes.length, (byte) 0x5a);
    Files.write(file(), bytes);
    assertEquals(Kind.CORRUPT, open("jdbc:sqlite:" + file()).kind());
  }

  @Test
  void aSoundDatabaseHasNoDamage() {
    try (JdbiStore store = JdbiStore.open("jdbc:sqlite:" + file(), Clock.systemUTC())) {
      assertTrue(store.damage().isEmpty());
    }
  }

  @Test
  void placesThatCannotBeAreNamed() {
    assertEquals(Kind.CANNOT_OPEN, open("jdbc:sqlite:" + folder).kind());
    assertEquals(Kind.CANNOT_OPEN, open("jdbc:sqlite:/proc/none/reckon.db").kind());
    assertEquals(Kind.CANNOT_OPEN, open("jdbc:sqlite::memory:").kind());
    assertEquals(Kind.CANNOT_OPEN, open("jdbc:other:x").kind());
  }

  @Test
  void aSecondStartIsRefusedUntilTheFirstEnds() throws Exception {
    try (JdbiStore one = JdbiStore.open("jdbc:sqlite:" + file(), Clock.systemUTC());
        JdbiStore two = JdbiStore.open("jdbc:sqlite:" + file(), Clock.systemUTC())) {
      try (AutoCloseable lock = one.lockInstance(() -> {})) {
        assertTrue(lock != null);
        StoreException e = fails(() -> two.lockInstance(() -> {}));
        assertEquals(Kind.IN_USE, e.kind());
        assertTrue(e.getMessage().contains("" + ProcessHandle.current().pid()), e.getMessage());
      }
      two.lockInstance(() -> {}).close();
    }
  }
}

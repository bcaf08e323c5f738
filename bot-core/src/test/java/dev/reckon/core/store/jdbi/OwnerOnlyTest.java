package dev.reckon.core.store.jdbi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.reckon.core.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnerOnlyTest {
  @TempDir Path folder;

  @BeforeEach
  void needsRights() {
    assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
  }

  @Test
  void everyFileOfTheStoreIsItsOwnersAlone() throws Exception {
    try (JdbiStore store = open();
        AutoCloseable _ = store.lockInstance(() -> {})) {
      store.deliveries().add(Samples.words("Ev1", "secret"));
      store.backup(folder.resolve("copy.db"));
      SqliteRestore.restore(
          "jdbc:sqlite:" + folder.resolve("other.db"),
          folder.resolve("copy.db"),
          Clock.systemUTC());
      Map<String, String> rights = rights();
      assertTrue(
          rights
              .keySet()
              .containsAll(
                  List.of("a.db", "a.db-wal", "a.db-shm", "a.db.lock", "copy.db", "other.db")),
          rights.toString());
      rights.values().forEach(each -> assertEquals("rw-------", each, rights.toString()));
    }
  }

  @Test
  void aStoreThatOthersCanReadIsClosedToThem() throws IOException {
    open().close();
    Path file = folder.resolve("a.db");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    open().close();
    assertEquals("rw-------", rights().get("a.db"));
  }

  @Test
  void theBackupBeforeAnUpgradeIsClosedToo() throws Exception {
    try (JdbiStore store = open()) {
      store
          .database()
          .update(
              "delete from flyway_schema_history where installed_rank = (select max(installed_rank)"
                  + " from flyway_schema_history)");
    }
    // The upgrade itself cannot run twice; its backup is taken first.
    assertThrows(StoreException.class, this::open);
    assertEquals(
        List.of("rw-------"),
        rights().entrySet().stream()
            .filter(file -> file.getKey().endsWith(".backup"))
            .map(Map.Entry::getValue)
            .toList());
  }

  private JdbiStore open() {
    return JdbiStore.open("jdbc:sqlite:" + folder.resolve("a.db"), Clock.systemUTC());
  }

  private Map<String, String> rights() throws IOException {
    Map<String, String> rights = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        rights.put(
            String.valueOf(file.getFileName()),
            PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
      }
    }
    return rights;
  }
}

package dev.reckon.core.store.jdbi;

import dev.reckon.core.store.StoreException;
import dev.reckon.core.store.StoreException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/** Puts a backup in a database's place. What was there is moved aside, not deleted. */
public final class SqliteRestore {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private static final List<String> LOG_FIRST = List.of("-wal", "-shm", "");

  private SqliteRestore() {}

  /**
   * Restores, then brings the database up to date.
   *
   * @param url of the database to replace, as configured
   * @return where the database that was there is now, or empty when there was none
   * @throws StoreException when the backup is damaged, was written by a newer version, or the
   *     database is in use by a running {@code start}; then nothing has changed
   */
  public static Optional<Path> restore(String url, Path backup, Clock clock) {
    SqliteAddress address = SqliteAddress.of(url);
    address.prepare();
    SqliteBackup.check(backup);
    InstanceLock lock = InstanceLock.acquire(address.file());
    try {
      Path fresh = address.file().resolveSibling(address.file().getFileName() + ".restoring");
      for (String part : LOG_FIRST) {
        Files.deleteIfExists(fresh.resolveSibling(fresh.getFileName() + part));
      }
      OwnerOnly.create(fresh);
      Files.copy(backup, fresh, StandardCopyOption.REPLACE_EXISTING);
      OwnerOnly.close(fresh);
      // Opening it upgrades an older one and refuses a newer one, before anything is replaced.
      JdbiStore.open("jdbc:sqlite:" + fresh, clock).close();
      Optional<Path> aside = moveAside(address.file(), clock);
      SqliteBackup.settle(fresh, address.file());
      return aside;
    } catch (IOException e) {
      throw new StoreException(
          Kind.CANNOT_OPEN,
          "The backup " + backup + " cannot be put in place of " + address.file() + ": " + e,
          e);
    } finally {
      lock.close();
    }
  }

  /** The log of changes belongs to the database and goes with it. */
  private static Optional<Path> moveAside(Path file, Clock clock) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    String name = file.getFileName() + ".before-restore-" + STAMP.format(clock.instant());
    Path aside = file.resolveSibling(name);
    for (String part : LOG_FIRST) {
      Path from = file.resolveSibling(file.getFileName() + part);
      if (Files.exists(from)) {
        Files.move(from, file.resolveSibling(name + part));
      }
    }
    return Optional.of(aside);
  }
}

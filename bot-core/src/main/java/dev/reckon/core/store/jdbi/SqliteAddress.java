package dev.reckon.core.store.jdbi;

import dev.reckon.core.store.StoreException;
import dev.reckon.core.store.StoreException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * A JDBC address of a SQLite file.
 *
 * @param url as configured
 * @param file where it lies
 */
record SqliteAddress(String url, Path file) {
  private static final String PREFIX = "jdbc:sqlite:";

  /** What takes longer is waited for by {@link SqliteTransactions}, which says so in the log. */
  private static final int BUSY_TIMEOUT_MS = 1_000;

  private static final List<String> PARTS = List.of("", "-wal", "-shm", ".lock");
  private static final Logger LOG = LoggerFactory.getLogger(SqliteAddress.class);

  static SqliteAddress of(String url) {
    if (!url.startsWith(PREFIX)) {
      throw new StoreException(
          Kind.CANNOT_OPEN,
          "store.url is \""
              + url.replaceFirst("\\?.*", "")
              + "\", but only jdbc:sqlite:PATH and jdbc:postgresql://HOST/DATABASE are known.");
    }
    String name =
        url.substring(PREFIX.length()).replaceFirst("\\?.*$", "").replaceFirst("^file:", "");
    if (name.isBlank() || name.contains(":memory:")) {
      throw new StoreException(
          Kind.CANNOT_OPEN, "store.url names no file: write jdbc:sqlite:PATH with a path");
    }
    try {
      return new SqliteAddress(url, Path.of(name).toAbsolutePath().normalize());
    } catch (InvalidPathException e) {
      throw new StoreException(Kind.CANNOT_OPEN, "store.url names no usable path: " + name, e);
    }
  }

  /** Sees to the folder, and to what SQLite would report in too few words. */
  void prepare() {
    Path folder = file.getParent();
    if (folder == null || Files.isDirectory(file)) {
      throw new StoreException(
          Kind.CANNOT_OPEN, "The database " + file + " is a folder; store.url must name a file.");
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new StoreException(
          Kind.CANNOT_OPEN,
          "The folder "
              + folder
              + " for the database cannot be created. Create it, or set store.url.",
          e);
    }
    if (Files.exists(file) && !Files.isWritable(file)) {
      throw new StoreException(
          Kind.READ_ONLY,
          "The database " + file + " is read-only. Make it writable, or set store.url.");
    }
    closeToOthers();
  }

  /**
   * Makes the file if it is missing, for its owner alone: SQLite gives the log and the shared
   * memory the rights that the database file has.
   */
  void create() {
    try {
      OwnerOnly.create(file);
    } catch (IOException e) {
      throw notClosed(e);
    }
  }

  private void closeToOthers() {
    try {
      for (String part : PARTS) {
        Path each = file.resolveSibling(file.getFileName() + part);
        if (OwnerOnly.close(each)) {
          LOG.warn("{} could be read by other users; its permissions are restricted now", each);
        }
      }
    } catch (IOException e) {
      throw notClosed(e);
    }
  }

  private StoreException notClosed(IOException e) {
    return new StoreException(
        Kind.CANNOT_OPEN,
        "The database "
            + file
            + " cannot be made private. Make the user who runs Reckon the owner of it and its"
            + " folder, or set store.url.",
        e);
  }

  /**
   * Connections for durable work: every commit is on the disk before it returns, readers and the
   * writer do not wait for each other, and a transaction takes the write lock when it begins, since
   * one that takes it later can fail halfway.
   */
  SQLiteDataSource dataSource() {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    config.setBusyTimeout(BUSY_TIMEOUT_MS);
    config.enforceForeignKeys(true);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl(url);
    return source;
  }
}

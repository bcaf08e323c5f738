package dev.reckon.core.store.jdbi;

import dev.reckon.core.store.StoreException;
import dev.reckon.core.store.StoreException.Kind;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What SQLite's failures mean to the person who runs this program. */
record SqliteErrors(Path file) {
  private static final String FULL = "cannot grow: the disk is full";

  /**
   * What keeps the database from taking changes, for a sentence about it, where that ends without
   * it: another program's lock, a disk without room.
   */
  static Optional<String> passing(Throwable failure) {
    return code(failure)
        .flatMap(
            code ->
                switch (code) {
                  case SQLITE_IOERR_SHMSIZE -> Optional.of(FULL);
                  default ->
                      switch (primary(code)) {
                        case 5, 6 -> Optional.of("is held by another program");
                        case 13 -> Optional.of(FULL);
                        default -> Optional.empty();
                      };
                });
  }

  private static Optional<SQLiteErrorCode> code(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .filter(SQLiteException.class::isInstance)
        .findFirst()
        .map(found -> ((SQLiteException) found).getResultCode());
  }

  /** Extended codes carry the primary one in their low byte. */
  private static int primary(SQLiteErrorCode code) {
    return code.code & 0xff;
  }

  StoreException translate(Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof StoreException known) {
        return known;
      }
      if (cause instanceof SQLiteException sqlite) {
        return of(sqlite.getResultCode(), failure);
      }
    }
    return new StoreException(Kind.FAULT, "the database " + file + " failed: " + failure, failure);
  }

  private StoreException of(SQLiteErrorCode code, Exception failure) {
    return switch (primary(code)) {
      case 8 ->
          say(
              Kind.READ_ONLY,
              "is read-only. Make the file and its folder writable, or name another place with"
                  + " store.url.",
              failure);
      case 13 ->
          say(Kind.FULL, FULL + ". Free some space; nothing that was kept is lost.", failure);
      case 11, 26 ->
          say(
              Kind.CORRUPT,
              "is damaged or is not an SQLite database. Move it away and restore a backup, or start"
                  + " with a new one by naming another place with store.url.",
              failure);
      case 5, 6 ->
          say(
              Kind.IN_USE,
              "is held by another program. Try again when it has finished; `fuser` on the file"
                  + " shows which it is.",
              failure);
      case 14 ->
          say(
              Kind.CANNOT_OPEN,
              "cannot be opened. Check that its folder exists and may be written to, or name"
                  + " another place with store.url.",
              failure);
      case 10 ->
          say(
              Kind.FAULT,
              "cannot be read or written: the disk reports an error (" + code.name() + ").",
              failure);
      default ->
          new StoreException(Kind.FAULT, "the database " + file + " failed: " + code, failure);
    };
  }

  private StoreException say(Kind kind, String what, Exception failure) {
    return new StoreException(kind, "The database " + file + " " + what, failure);
  }

  /** For callers that hold a plain exception of JDBC's. */
  StoreException translate(SQLException failure) {
    return translate((Exception) failure);
  }
}

package dev.reckon.core.store.jdbi;

import dev.reckon.core.store.StoreException;
import dev.reckon.core.store.StoreException.Kind;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** What PostgreSQL's failures mean to this program, and to the person who runs it. */
record PostgresErrors(String place) {
  /** What can be done about a failure. */
  enum Remedy {
    /** Another transaction came first: the same work succeeds when it is done once more. */
    REPEAT,
    /** A key is taken or missing, which may be another transaction's doing that is not seen yet. */
    KEY,
    /** All connections of the pool are in use. */
    WAIT,
    /** The server is away, or the connection to it is. */
    RECONNECT,
    NONE
  }

  static Remedy remedy(Throwable failure) {
    Optional<SQLException> sql = sql(failure);
    if (sql.isEmpty()) {
      return Remedy.NONE;
    }
    if (sql.get() instanceof SQLTransientConnectionException pool && pool.getCause() == null) {
      return Remedy.WAIT;
    }
    return switch (state(failure)) {
      // Serialization failure, deadlock, idle for too long in the middle of it.
      case "40001", "40P01", "25P03" -> Remedy.REPEAT;
      // Foreign key, unique key.
      case "23503", "23505" -> Remedy.KEY;
      // Shut down, crashed, starting up, too many connections.
      case "57P01", "57P02", "57P03", "53300" -> Remedy.RECONNECT;
      case String state when state.startsWith("08") ->
          has(failure, SSLException.class) ? Remedy.NONE : Remedy.RECONNECT;
      default -> Remedy.NONE;
    };
  }

  /** Whether the calling thread's interrupt closed the connection under it. */
  static boolean isInterrupt(Throwable failure) {
    return has(failure, InterruptedException.class)
        || has(failure, ClosedByInterruptException.class)
        || Thread.currentThread().isInterrupted();
  }

  StoreException translate(Exception failure) {
    Optional<StoreException> known =
        causes(failure)
            .filter(StoreException.class::isInstance)
            .map(StoreException.class::cast)
            .findFirst();
    return known.orElseGet(() -> translated(failure));
  }

  private StoreException translated(Exception failure) {
    String state = state(failure);
    return switch (state) {
      case "28P01", "28000" ->
          say(
              Kind.CANNOT_OPEN,
              "refuses the user: " + said(failure) + ". Check store.user and store.password.",
              failure);
      case "3D000" ->
          say(
              Kind.CANNOT_OPEN,
              "is a server without that database. Create it (create database NAME), or check"
                  + " store.url.",
              failure);
      case "3F000" ->
          say(
              Kind.CANNOT_OPEN,
              "has no such schema. Create it (create schema NAME), or check currentSchema in"
                  + " store.url.",
              failure);
      case "42501" ->
          say(
              Kind.CANNOT_OPEN,
              "does not allow the user to do that: "
                  + said(failure)
                  + ". Make the user the owner of the database or its schema.",
              failure);
      case "25006" ->
          say(
              Kind.READ_ONLY,
              "is read-only; it may be a standby. Set store.url to the primary.",
              failure);
      case "53100" ->
          say(Kind.FULL, "cannot grow: the server's disk is full. Free some space there.", failure);
      case "53300" ->
          say(
              Kind.UNREACHABLE,
              "has no connection left. Raise its max_connections, or lower store.connections.",
              failure);
      case "57P03" -> say(Kind.UNREACHABLE, "is starting up. Try again in a moment.", failure);
      case "XX001", "XX002" ->
          say(Kind.CORRUPT, "is damaged: " + said(failure) + ". Restore a backup of it.", failure);
      default -> otherwise(failure);
    };
  }

  private StoreException otherwise(Exception failure) {
    if (has(failure, SSLException.class) || said(failure).contains("SSL")) {
      return say(
          Kind.CANNOT_OPEN,
          "and this side do not agree on TLS: "
              + said(failure)
              + ". Check sslmode and sslrootcert in store.url.",
          failure);
    }
    if (has(failure, UnknownHostException.class)) {
      return say(
          Kind.UNREACHABLE, "is not found: its host has no address. Check store.url.", failure);
    }
    return switch (remedy(failure)) {
      case RECONNECT ->
          say(
              Kind.UNREACHABLE,
              "does not answer. Start the server, or check store.url and the network between.",
              failure);
      case WAIT ->
          say(
              Kind.UNREACHABLE,
              "has more work than connections. Raise store.connections.",
              failure);
      case REPEAT -> say(Kind.FAULT, "had too many other writers at once. Try again.", failure);
      case KEY, NONE ->
          // What the server says of a statement may quote what people wrote; its code does not.
          say(Kind.FAULT, "failed (SQL state " + state(failure) + ").", failure);
    };
  }

  private StoreException say(Kind kind, String what, Exception failure) {
    return new StoreException(kind, "The database " + place + " " + what, failure);
  }

  /** The server's or the driver's first line, for failures that quote no stored text. */
  private static String said(Exception failure) {
    return sql(failure)
        .map(sql -> Objects.toString(sql.getMessage(), ""))
        .map(
            message -> message.lines().findFirst().orElse("").replaceFirst("^FATAL: |^ERROR: ", ""))
        .map(line -> line.replaceFirst("\\.$", ""))
        .orElse("");
  }

  private static String state(Throwable failure) {
    return causes(failure)
        .filter(SQLException.class::isInstance)
        .map(cause -> ((SQLException) cause).getSQLState())
        .filter(Objects::nonNull)
        .findFirst()
        .orElse("");
  }

  private static Optional<SQLException> sql(Throwable failure) {
    return causes(failure)
        .filter(SQLException.class::isInstance)
        .map(SQLException.class::cast)
        .reduce((outer, inner) -> inner instanceof SQLTransientConnectionException ? outer : inner);
  }

  private static boolean has(Throwable failure, Class<? extends Throwable> type) {
    return causes(failure).anyMatch(type::isInstance);
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause).limit(20);
  }
}

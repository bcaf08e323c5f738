package dev.reckon.adapters.sql;

import dev.reckon.adapters.sql.SourceSettings.Limits;
import dev.reckon.adapters.sql.SourceSettings.Source;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens connections that the database itself keeps from writing: the second layer behind {@link
 * QueryCheck}, together with the rights of the user that the configuration names.
 */
final class ReadOnlySession {
  private static final Logger LOG = LoggerFactory.getLogger(ReadOnlySession.class);
  private static final int CONNECT_SECONDS = 10;
  private static final int VALUE_BYTES = 8 << 20;

  private final Drivers drivers;
  private final Limits limits;

  ReadOnlySession(Drivers drivers, Limits limits) {
    this.drivers = drivers;
    this.limits = limits;
  }

  /** A connection in a read-only transaction. */
  Connection open(Source source) throws SQLException {
    Dialect dialect = Dialect.of(source.url());
    if (dialect == Dialect.OTHER) {
      // The only limit for connecting that every driver knows; of the whole JVM, as is the pool's.
      DriverManager.setLoginTimeout(CONNECT_SECONDS);
    }
    Connection connection = drivers.connect(source.url(), properties(source, dialect));
    try {
      if (dialect == Dialect.OTHER) {
        limitWaiting(connection);
      }
      connection.setReadOnly(true);
      connection.setAutoCommit(false);
      if (dialect == Dialect.POSTGRESQL) {
        prepare(connection, source);
      }
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** What PostgreSQL is told by a property: a server that went away must not hold a place. */
  private void limitWaiting(Connection connection) throws SQLException {
    try {
      connection.setNetworkTimeout(Runnable::run, Math.toIntExact(socketTime().toMillis()));
    } catch (SQLFeatureNotSupportedException | AbstractMethodError _) {
      LOG.warn("A database driver cannot limit how long it waits for its server");
    }
  }

  private Duration socketTime() {
    return limits.time().plusSeconds(10);
  }

  private Properties properties(Source source, Dialect dialect) {
    Properties properties = new Properties();
    if (!source.user().isBlank()) {
      properties.setProperty("user", source.user());
    }
    if (source.password().isSet()) {
      properties.setProperty("password", source.password().value());
    }
    switch (dialect) {
      case POSTGRESQL -> {
        properties.setProperty("ApplicationName", "reckon");
        properties.setProperty("loginTimeout", String.valueOf(CONNECT_SECONDS));
        properties.setProperty("connectTimeout", String.valueOf(CONNECT_SECONDS));
        properties.setProperty("socketTimeout", String.valueOf(socketTime().toSeconds()));
        properties.setProperty("readOnlyMode", "always");
        properties.setProperty("readOnly", "true");
        // One value must not fill the memory of this process.
        properties.setProperty("maxResultBuffer", "32M");
        properties.setProperty("logServerErrorDetail", "false");
        properties.setProperty("preferQueryMode", "extended");
      }
      case SQLITE -> {
        properties.setProperty("open_mode", "1"); // SQLITE_OPEN_READONLY
        properties.setProperty("enable_load_extension", "false");
        properties.setProperty("limit_attached", "0");
        properties.setProperty("limit_length", String.valueOf(VALUE_BYTES));
        properties.setProperty("busy_timeout", "3000");
      }
      case OTHER -> {}
    }
    return properties;
  }

  private void prepare(Connection connection, Source source) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("set session characteristics as transaction read only");
      statement.execute("set standard_conforming_strings = on");
      statement.execute("set statement_timeout = " + limits.time().toMillis());
      statement.execute("set lock_timeout = 2000");
      statement.execute("set idle_in_transaction_session_timeout = 60000");
      if (!source.schemas().isEmpty()) {
        statement.execute("set search_path = " + path(source.schemas()));
      }
    }
    connection.commit();
  }

  private static String path(List<String> schemas) {
    return schemas.stream()
        .map(schema -> '"' + schema.replace("\"", "\"\"") + '"')
        .collect(Collectors.joining(", "));
  }

  /**
   * What a driver's message may say to people and models: without the address, its host, and the
   * credentials, on few lines.
   */
  static String told(SQLException problem, Source source) {
    String message = String.valueOf(problem.getMessage());
    for (String secret : secrets(source)) {
      message = message.replaceAll("(?i)" + Pattern.quote(secret), "…");
    }
    String text = message.lines().limit(3).collect(Collectors.joining(" ")).strip();
    return text.length() > 300 ? text.substring(0, 300) + "…" : text;
  }

  private static List<String> secrets(Source source) {
    String url = source.url();
    int from = url.indexOf("//");
    String authority = from < 0 ? "" : url.substring(from + 2).split("[/?;]", 2)[0];
    int query = url.indexOf('?');
    return Stream.of(
            Stream.of(
                url,
                source.password().value(),
                source.user(),
                authority,
                authority.split(":", 2)[0]),
            query < 0
                ? Stream.<String>of()
                : Arrays.stream(url.substring(query + 1).split("[&;]", -1))
                    .filter(
                        part ->
                            part.toLowerCase(Locale.ROOT).matches("(user|password|.*secret.*)=.*"))
                    .map(part -> part.substring(part.indexOf('=') + 1)))
        .flatMap(each -> each)
        .filter(each -> each.length() > 2)
        .distinct()
        .toList();
  }
}

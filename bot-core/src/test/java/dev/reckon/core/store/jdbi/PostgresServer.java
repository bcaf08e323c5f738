package dev.reckon.core.store.jdbi;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real PostgreSQL server of one version for the tests of this JVM, started when it is first asked
 * for and stopped with the JVM. As root it runs in a user namespace, since PostgreSQL refuses root;
 * where that does not work the tests fail.
 */
public final class PostgresServer {
  private static final Path TARGET = Path.of("target/postgresql").toAbsolutePath();
  private static final String TEMPLATE = "reckon_template";
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private final EmbeddedPostgres server;
  private boolean prepared;

  private PostgresServer(String binaries) {
    try {
      server =
          EmbeddedPostgres.builder()
              .setPgBinaryResolver((_, _) -> URI.create(binaries).toURL().openStream())
              .setOverrideWorkingDirectory(TARGET.toFile())
              .setServerConfig("fsync", "off")
              .setServerConfig("max_connections", "200")
              .setServerConfig("listen_addresses", "127.0.0.1")
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Newest {
    static final PostgresServer SERVER =
        new PostgresServer(
            String.valueOf(PostgresServer.class.getResource("/postgres-linux-x86_64.txz")));
  }

  private static final class Oldest {
    static final PostgresServer SERVER =
        new PostgresServer("jar:" + jar().toUri() + "!/postgres-linux-x86_64.txz");

    /** Maven lays it there before the tests. */
    private static Path jar() {
      Path jar = TARGET.resolve("oldest.jar");
      if (!Files.exists(jar)) {
        throw new UncheckedIOException(new FileNotFoundException(jar.toString()));
      }
      return jar;
    }
  }

  public static PostgresServer newest() {
    return Newest.SERVER;
  }

  static PostgresServer oldest() {
    return Oldest.SERVER;
  }

  /** An empty database of its own. */
  String empty() {
    String name = "empty_" + DATABASES.incrementAndGet();
    execute("create database " + name);
    return url(name);
  }

  /** A database of its own with the store's tables: a copy of one that was migrated once. */
  public synchronized String fresh() {
    if (!prepared) {
      execute("create database " + TEMPLATE);
      JdbiStore.open(url(TEMPLATE), Clock.systemUTC()).close();
      prepared = true;
    }
    String name = "reckon_" + DATABASES.incrementAndGet();
    execute("create database " + name + " template " + TEMPLATE);
    return url(name);
  }

  int port() {
    return server.getPort();
  }

  String url(String database) {
    return server.getJdbcUrl("postgres", database);
  }

  /** Runs statements as the server's owner. */
  void execute(String... statements) {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}

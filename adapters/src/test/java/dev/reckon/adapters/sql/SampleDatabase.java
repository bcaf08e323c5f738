package dev.reckon.adapters.sql;

import dev.reckon.adapters.config.Secret;
import dev.reckon.adapters.sql.SourceSettings.Source;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/** A small shop with people who work in it, the same in SQLite and PostgreSQL. */
final class SampleDatabase {
  static final String PASSWORD = "s3cret-Of-Tests";
  static final SourceSettings.Limits LIMITS =
      new SourceSettings.Limits(1_000, 1 << 20, Duration.ofSeconds(2), 2, 2_000);

  private static final String TABLES =
      """
      create table departments (id integer primary key, name varchar(40) not null, city varchar(40));
      create table employees (id integer primary key, name varchar(40) not null,
        department_id integer references departments(id), salary numeric(10,2), hired date);
      create table customers (id integer primary key, name varchar(40), country varchar(2));
      create table orders (id integer primary key, customer_id integer references customers(id),
        ordered_at date, total numeric(10,2), status varchar(10));
      create table audit_log (id integer primary key, entry varchar(100));
      insert into departments values (1,'Sales','Berlin'),(2,'Research','Paris'),(3,'Support','Berlin');
      insert into employees values (1,'Ada',2,5200,'2019-04-01'),(2,'Grace',2,6100,'2018-01-15'),
        (3,'Linus',1,4300,'2020-07-01'),(4,'Edsger',3,3900,'2021-03-10'),(5,'Barbara',1,4700,null);
      insert into customers values (1,'Acme','DE'),(2,'Globex','FR'),(3,'Initech','DE');
      insert into orders values (1,1,'2026-01-05',120.50,'paid'),(2,1,'2026-01-20',80,'open'),
        (3,2,'2026-02-03',310.25,'paid'),(4,3,'2026-02-14',45,'paid'),(5,2,'2026-03-01',99.99,'refunded');
      insert into audit_log values (1,'nobody is to see this');
      """;

  private SampleDatabase() {}

  private static final class Server {
    static final EmbeddedPostgres POSTGRES = start();

    private static EmbeddedPostgres start() {
      try {
        EmbeddedPostgres server =
            EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(Path.of("target/postgresql").toAbsolutePath().toFile())
                .setServerConfig("fsync", "off")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .start();
        try (Connection connection =
            DriverManager.getConnection(server.getJdbcUrl("postgres", "postgres"))) {
          execute(connection, TABLES);
          execute(
              connection,
              """
              comment on column orders.total is 'gross, in EUR';
              create schema private;
              create table private.secrets (id integer, word text);
              insert into private.secrets values (1, 'hidden');
              create role reader login password '%s';
              grant usage on schema public, private to reader;
              grant select on all tables in schema public, private to reader;
              """
                  .formatted(PASSWORD));
        }
        return server;
      } catch (IOException | SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** A new file with the tables. */
  static Source sqlite(Path folder) throws SQLException {
    String url = "jdbc:sqlite:" + folder.resolve("shop.db");
    try (Connection connection = DriverManager.getConnection(url)) {
      execute(connection, TABLES);
    }
    return source(url, "", "");
  }

  /** The server's, which outlives the tests of this JVM. */
  static Source postgres() {
    return source(
        "jdbc:postgresql://127.0.0.1:" + Server.POSTGRES.getPort() + "/postgres",
        "reader",
        PASSWORD);
  }

  private static Source source(String url, String user, String password) {
    return new Source(
        "shop",
        url,
        user,
        new Secret(password),
        "orders and people of a shop",
        "Totals are gross.",
        List.of(),
        List.of(),
        List.of("employees.salary", "audit_log"));
  }

  private static void execute(Connection connection, String script) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String each : script.split(";\\s*\n", -1)) {
        if (!each.isBlank()) {
          statement.execute(each);
        }
      }
    }
  }
}

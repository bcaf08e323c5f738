package dev.reckon.core.store.jdbi;

import dev.reckon.core.store.StoreException;
import dev.reckon.core.store.StoreException.Kind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Brings a database to the version that this program knows. Loading Flyway costs about 200 ms of
 * processor time on top of the 950 ms that the rest of the store's start takes, so it is left alone
 * when the database is current.
 *
 * @param scripts the folder among the resources with the migrations in this database's words
 */
record Schema(Engine engine, String scripts) {
  /** The newest migration among the resources; a test compares the two. */
  static final int VERSION = 16;

  /**
   * 0 for a database without tables of Reckon.
   *
   * @throws StoreException of kind {@code NEWER} when a newer version of this program wrote it
   */
  int version() {
    try (Connection connection = engine.dataSource().getConnection()) {
      return holds(connection, "flyway_schema_history") ? version(connection) : 0;
    } catch (SQLException e) {
      throw engine.translate(e);
    }
  }

  private int version(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select max(cast(version as integer)) from flyway_schema_history where success")) {
      int version = row.next() ? row.getInt(1) : 0;
      if (version > VERSION) {
        throw new StoreException(
            Kind.NEWER,
            "The database "
                + engine.place()
                + " was written by a newer version of Reckon. Use that version, or restore the"
                + " backup that was taken before the upgrade.");
      }
      return version;
    }
  }

  /** Whether there is any table. */
  boolean holdsSomething() {
    try (Connection connection = engine.dataSource().getConnection()) {
      return holds(connection, "%");
    } catch (SQLException e) {
      throw engine.translate(e);
    }
  }

  private static boolean holds(Connection connection, String pattern) throws SQLException {
    try (ResultSet tables =
        connection
            .getMetaData()
            .getTables(
                connection.getCatalog(), connection.getSchema(), pattern, new String[] {"TABLE"})) {
      return tables.next();
    }
  }

  void migrate() {
    try {
      Flyway.configure()
          .dataSource(engine.dataSource())
          .locations("classpath:db/migration/" + scripts)
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw engine.translate(e);
    }
  }
}

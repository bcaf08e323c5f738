package dev.reckon.core.store.jdbi;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The databases that the store's contract is tested on. */
enum TestDatabase {
  SQLITE {
    @Override
    String fresh(Path folder) {
      return "jdbc:sqlite:" + folder.resolve("reckon.db");
    }

    @Override
    String empty(Path folder) {
      return "jdbc:sqlite:" + folder.resolve("older.db");
    }
  },
  OLDEST_POSTGRESQL {
    @Override
    String fresh(Path folder) {
      return PostgresServer.oldest().fresh();
    }

    @Override
    String empty(Path folder) {
      return PostgresServer.oldest().empty();
    }
  },
  NEWEST_POSTGRESQL {
    @Override
    String fresh(Path folder) {
      return PostgresServer.newest().fresh();
    }

    @Override
    String empty(Path folder) {
      return PostgresServer.newest().empty();
    }
  };

  /** The address of an empty store. */
  abstract String fresh(Path folder);

  /** The address of another database, in which nothing is yet. */
  abstract String empty(Path folder);

  /** The folder of its migrations. */
  String migrations() {
    return this == SQLITE ? "sqlite" : "postgresql";
  }

  /** Returns when another transaction waits for one that is under way. */
  void awaitAWaitingWriter(JdbiStore store) {
    while (!hasAWaitingWriter(store)) {
      Thread.onSpinWait();
    }
  }

  /** Whether a transaction waits for another. */
  boolean hasAWaitingWriter(JdbiStore store) {
    return waitingWriters(store) > 0;
  }

  private int waitingWriters(JdbiStore store) {
    if (this == SQLITE) {
      return store.database().waitingWriters();
    }
    try (Connection connection = store.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select count(*) from pg_stat_activity where datname = current_database()"
                    + " and wait_event_type = 'Lock'")) {
      row.next();
      return row.getInt(1);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}

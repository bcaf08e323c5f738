package dev.reckon.core.store.jdbi;

import dev.reckon.core.store.StoreException;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** Handles, transactions, and the store's errors in place of the library's. */
final class Database {
  private final Jdbi jdbi;
  private final SqliteErrors errors;

  @SuppressWarnings("ThreadLocalUsage") // one for each store, as long-lived as the program
  private final ThreadLocal<@Nullable Handle> open = new ThreadLocal<>();

  Database(DataSource source, SqliteErrors errors) {
    this.jdbi = Jdbi.create(source);
    this.errors = errors;
  }

  /** Reads outside a transaction, or in the thread's own where it has one. */
  <T> T read(Function<Handle, T> work) {
    Handle mine = open.get();
    if (mine != null) {
      return work.apply(mine);
    }
    try (Handle handle = jdbi.open()) {
      return work.apply(handle);
    } catch (JdbiException e) {
      throw errors.translate(e);
    }
  }

  /** Writes in one transaction, which is the thread's own where it has one. */
  <T> T write(Function<Handle, T> work) {
    Handle mine = open.get();
    if (mine != null) {
      return work.apply(mine);
    }
    try (Handle handle = jdbi.open()) {
      open.set(handle);
      return handle.inTransaction(work::apply);
    } catch (JdbiException e) {
      throw errors.translate(e);
    } finally {
      open.remove();
    }
  }

  /** Runs one statement; returns how many rows it changed. */
  int update(String sql, @Nullable Object... arguments) {
    return write(handle -> handle.execute(sql, arguments));
  }

  /** Whether anything is amiss, by the driver's own words. */
  StoreException translate(Exception e) {
    return errors.translate(e);
  }
}

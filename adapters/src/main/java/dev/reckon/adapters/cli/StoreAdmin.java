package dev.reckon.adapters.cli;

import dev.reckon.core.store.Privacy.Forgetting;
import dev.reckon.core.store.Statistics.Figures;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Maintenance of the store by an operator, also while {@code start} runs. Every method may throw
 * {@link dev.reckon.core.store.StoreException}.
 */
public interface StoreAdmin {
  /**
   * Copies the database while it is in use, and checks the copy.
   *
   * @param target a new file; without one, a file named by the time in {@code backups} beside the
   *     database
   * @return where the copy is, and what it does not hold
   */
  Backup backup(Optional<Path> target) throws IOException;

  /**
   * A copy of the database.
   *
   * @param apart a sentence about files that are elsewhere; empty where the copy holds all
   */
  record Backup(Path copy, Optional<String> apart) {}

  /**
   * Puts a backup in the database's place; refused while {@code start} runs.
   *
   * @return where the database that was there is now
   */
  Optional<Path> restore(Path backup);

  /**
   * Copies a store to an empty database, or continues with such a copy; refused while {@code start}
   * runs on either.
   *
   * @param from a JDBC address
   * @param to another
   * @param say hears how far it is
   * @return how many rows each table has, the same in both
   */
  Map<String, Long> copy(String from, String to, Consumer<String> say);

  /**
   * Writes a zip of everything, or of what is one person's, to a new file.
   *
   * @param person an id
   */
  void export(Optional<String> person, Path target) throws IOException;

  /** Figures of all teams: all together first, then by person. */
  List<Figures> statistics(Instant from);

  /** Deletes what is kept about a person. */
  Forgetting forget(String person);
}

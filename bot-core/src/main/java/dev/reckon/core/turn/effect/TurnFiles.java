package dev.reckon.core.turn.effect;

import java.util.Optional;

/** Keeps the content of files by id. Safe for use by any number of threads. */
public interface TurnFiles {
  /**
   * Keeps a file that a run of this turn left behind. Repeating it after a crash may keep it twice.
   *
   * @return the id of its content
   */
  String keep(long turn, String name, byte[] content);

  /**
   * Keeps data that this turn fetched, for its programs alone. Repeating it after a crash may keep
   * it twice.
   *
   * @return the id of its content
   */
  String keepData(long turn, String name, byte[] content);

  /** The content, or empty when it has expired. The array must not be changed. */
  Optional<byte[]> read(String id);
}

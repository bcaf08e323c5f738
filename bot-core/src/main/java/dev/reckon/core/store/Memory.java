package dev.reckon.core.store;

import dev.reckon.core.store.Preferences.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a team has told Reckon once: instructions, definitions and facts. All are shown to the model
 * that writes programs and to the one that checks them.
 */
public interface Memory {
  /** What kind of thing is remembered. */
  enum Kind {
    /** What every answer follows; one for each scope. */
    INSTRUCTION,
    /** What a term means; one for each term of a scope. */
    DEFINITION,
    /** What is so; any number. */
    FACT
  }

  /**
   * Something remembered.
   *
   * @param number how people call it; never used again
   * @param scope a team or a channel
   * @param term what is defined; empty for anything else
   * @param version counted from 1; what takes another's place has the next one
   * @param author by id
   * @param confirmedBy the name of who confirmed what the model proposed, or of the author
   */
  record Note(
      long number,
      Scope scope,
      Kind kind,
      String term,
      String text,
      int version,
      String author,
      String authorName,
      String confirmedBy,
      Instant at) {}

  /**
   * Keeps a note. An instruction takes the place of its scope's, a definition that of the same term
   * in its scope, whatever its case; the earlier version stays on record.
   *
   * @param note whose number and version do not count
   */
  Note keep(Note note);

  /** Those that count, of all these scopes: instructions, then definitions, then facts. */
  List<Note> list(List<Scope> scopes);

  Optional<Note> find(long number);

  /** All versions of a note, the newest first. */
  List<Note> versions(long number);

  /**
   * It does not count any more; its record stays.
   *
   * @return whether it did
   */
  boolean forget(long number);
}

package dev.reckon.core.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A computation that a team keeps.
 *
 * @param version counted from 1
 * @param turn the turn it was saved from
 * @param request what was asked then
 * @param parameters in the order in which people read them
 * @param columns what an attached table must have
 * @param files the names under which the code opens attached files
 * @param status how the answer it was saved from stood, in words
 * @param savedBy a person's id
 * @param flag why its result is in doubt, or null
 */
public record SavedComputation(
    String name,
    int version,
    long turn,
    String request,
    String code,
    List<Parameter> parameters,
    List<String> columns,
    List<String> files,
    String status,
    String savedBy,
    String savedByName,
    Instant savedAt,
    @Nullable String flag) {
  public SavedComputation {
    parameters = List.copyOf(parameters);
    columns = List.copyOf(columns);
    files = List.copyOf(files);
  }

  /**
   * A parameter: a variable that the code assigns a literal to, and that a run may give another
   * value.
   *
   * @param name the variable
   * @param type what values must be
   * @param defaultValue as a person writes it
   */
  public record Parameter(String name, Type type, String defaultValue) {}

  /** What a parameter's value is. */
  public enum Type {
    INTEGER,
    NUMBER,
    TEXT,
    BOOLEAN
  }
}

package dev.reckon.core.turn;

import dev.reckon.sandbox.FileNames;
import org.jspecify.annotations.Nullable;

/**
 * A file in the working directory of the turn's programs.
 *
 * @param id names its content in the store
 * @param name as the program opens it: cleaned, and unique among the turn's files
 * @param bytes its size
 * @param current whether it came with this very message, not earlier in the conversation
 * @param attached what the person attached that it came from, where that has another name; null
 *     where it has its own
 */
public record AttachedFile(
    String id, String name, long bytes, boolean current, @Nullable String attached) {
  public AttachedFile {
    attached = name.equals(attached) ? null : attached;
    FileNames.problem(name)
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException(problem);
            });
  }

  /** A file under the name that the person gave it. */
  public AttachedFile(String id, String name, long bytes, boolean current) {
    this(id, name, bytes, current, null);
  }

  /** The name by which the person knows it. */
  public String known() {
    return attached == null ? name : attached;
  }
}

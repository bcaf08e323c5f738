package dev.reckon.core.turn;

import dev.reckon.sandbox.FileNames;

/**
 * A file that lies in the working directory of the turn's programs.
 *
 * @param id names its content in the store
 * @param name as the program opens it: cleaned, and unique among the turn's files
 * @param bytes its size
 * @param current whether it came with this very message, not earlier in the conversation
 */
public record AttachedFile(String id, String name, long bytes, boolean current) {
  public AttachedFile {
    FileNames.problem(name)
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException(problem);
            });
  }
}

package dev.reckon.core.turn;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.reckon.sandbox.SandboxFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Another run of a program that once worked, for what its reply says.
 *
 * @param badge for a saved computation the name, the values, and how the code once stood: said in
 *     place of "nobody checked"; empty for other programs
 * @param sought the texts that it was given: where its input is empty, those that occur in none of
 *     the files that it read explain why
 */
public record SavedRun(
    String badge, @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Sought> sought) {
  /** A text that a parameter of that name was given. */
  public record Sought(String name, String text) {
    /** As people read it: {@code region = North}. */
    String spelled() {
      return name + " = " + text;
    }
  }

  public SavedRun {
    sought = List.copyOf(sought);
  }

  /**
   * The names of the texts that occur in none of the files that a run read; none unless it failed
   * for want of values.
   *
   * @param contents of the files that it was given
   */
  public List<String> absentFrom(RunSummary run, List<SandboxFile> contents) {
    if (sought.isEmpty() || run.read().isEmpty() || !EmptyInput.ended(run)) {
      return List.of();
    }
    List<Sought> absent = new ArrayList<>(sought);
    for (SandboxFile file : contents) {
      if (run.read().contains(file.name()) && !absent.isEmpty()) {
        String text = new String(file.content(), StandardCharsets.UTF_8);
        absent.removeIf(one -> text.contains(one.text()));
      }
    }
    return absent.stream().map(Sought::name).toList();
  }
}

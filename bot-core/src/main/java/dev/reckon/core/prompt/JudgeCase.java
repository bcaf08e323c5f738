package dev.reckon.core.prompt;

import dev.reckon.core.files.FileProfile;
import dev.reckon.core.turn.CodeFacts;
import dev.reckon.core.turn.RunSummary;
import dev.reckon.core.turn.TurnProgress;
import java.util.List;

/**
 * What a judge gets to see.
 *
 * @param files profiles of what the program could read
 * @param produced name and first lines of each file that it left
 */
public record JudgeCase(
    TurnProgress work,
    String code,
    CodeFacts facts,
    RunSummary run,
    List<FileProfile> files,
    List<Produced> produced) {
  /**
   * A file that the program left.
   *
   * @param lines its first ones
   */
  public record Produced(String name, long bytes, List<String> lines) {
    public Produced {
      lines = List.copyOf(lines);
    }

    String words() {
      return name + " (" + bytes + " bytes) begins:\n" + String.join("\n", lines) + "\n";
    }
  }

  public JudgeCase {
    files = List.copyOf(files);
    produced = List.copyOf(produced);
  }
}

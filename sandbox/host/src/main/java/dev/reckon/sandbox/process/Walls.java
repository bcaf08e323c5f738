package dev.reckon.sandbox.process;

import dev.reckon.sandbox.Environment.Wall;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Which walls of the operating system a locked child has. */
public final class Walls {
  private Walls() {}

  /** Which wall is missing and what to do, in a sentence; empty when all of them stand. */
  public static Optional<String> missing(Set<String> required, List<Wall> walls) {
    Set<String> missing = new TreeSet<>(required);
    walls.stream().filter(Wall::stands).map(Wall::name).forEach(missing::remove);
    if (missing.isEmpty()) {
      return Optional.empty();
    }
    String reasons =
        walls.stream()
            .filter(wall -> missing.contains(wall.name()))
            .map(wall -> wall.name() + ": " + wall.detail())
            .reduce("", (all, each) -> all + "; " + each);
    return Optional.of(
        "these layers of protection are required but not available: "
            + String.join(", ", missing)
            + reasons
            + "; use a system that has them, or set sandbox.require_lockdown = false");
  }
}

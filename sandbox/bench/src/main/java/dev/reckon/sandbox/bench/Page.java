package dev.reckon.sandbox.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The page of measurements: a table of goals, and a part for each measurement. Parts that were not
 * measured again stay unchanged.
 */
final class Page {
  private static final String INTRODUCTION =
      """
      # Performance

      Made by `mvn verify -Pbench -DskipTests`; not edited by hand. What stands in one part was measured in one run on
      one machine, beside what people would do without a sandbox: a fresh CPython process for each script. On a
      noisy machine the ratios say more than the figures.

      | | goal | measured | reached |
      |---|---|---|---|
      """;
  private static final String PART = "\n## ";

  private final Map<String, String> goals = new LinkedHashMap<>();
  private final Map<String, String> parts = new LinkedHashMap<>();

  /**
   * A page as it was written by an earlier run.
   *
   * @param text empty where there is none
   */
  Page(String text) {
    List<String> pieces = List.of(text.split(PART, -1));
    pieces
        .getFirst()
        .lines()
        .filter(line -> line.startsWith("| ") && !line.startsWith("| |"))
        .forEach(row -> goals.put(title(row.substring(2), " | "), row + "\n"));
    pieces.stream()
        .skip(1)
        .forEach(part -> parts.put(title(part, "\n"), "## " + part.strip() + "\n"));
  }

  /**
   * Takes a measurement's part in, in place of an earlier one of the same heading.
   *
   * @param where when and on what it was measured, in a line
   */
  void put(Section section, String where) {
    section.goals().forEach(goal -> goals.put(goal.what(), goal.row()));
    List<String> lines = new ArrayList<>(section.text().strip().lines().toList());
    lines.addAll(1, List.of("", where));
    String heading = lines.getFirst().substring("## ".length());
    parts.put(heading, String.join("\n", lines) + "\n");
  }

  String text() {
    return INTRODUCTION
        + String.join("", goals.values())
        + parts.values().stream().map(part -> "\n" + part).collect(Collectors.joining());
  }

  private static String title(String text, String end) {
    int at = text.indexOf(end);
    return at < 0 ? text : text.substring(0, at);
  }
}

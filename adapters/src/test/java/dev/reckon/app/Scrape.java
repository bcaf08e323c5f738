package dev.reckon.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One answer of {@code /metrics}, in Prometheus' text format 0.0.4.
 *
 * @param text as it came
 * @param samples in its order
 */
record Scrape(String text, List<Sample> samples) {
  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)");

  /** One line that has a value. */
  record Sample(String name, String labels, double value) {}

  static Scrape read(String text) {
    List<Sample> samples = new ArrayList<>();
    for (String line : text.lines().filter(it -> !it.startsWith("#")).toList()) {
      Matcher sample = SAMPLE.matcher(line);
      assertTrue(sample.matches(), line);
      String labels = sample.group(2) == null ? "" : sample.group(2);
      samples.add(
          new Sample(
              sample.group(1),
              labels,
              Double.parseDouble(sample.group(3).replace("Inf", "Infinity"))));
    }
    return new Scrape(text, List.copyOf(samples));
  }

  /** The sum over all samples of that name that have those labels; 0 where there is none. */
  double of(String name, String... labels) {
    return samples.stream()
        .filter(sample -> sample.name().equals(name))
        .filter(sample -> List.of(labels).stream().allMatch(sample.labels()::contains))
        .mapToDouble(Sample::value)
        .sum();
  }

  /**
   * What {@code promtool check metrics} asks for, of the figures that are Reckon's own: each is
   * explained, its name says its unit and kind, and no sample comes twice.
   */
  void followsTheConventions() {
    Map<String, String> types = new HashMap<>();
    Set<String> explained = new HashSet<>();
    for (String line : text.lines().filter(it -> it.startsWith("# ")).toList()) {
      String[] parts = line.split(" ", 4);
      if (parts[1].equals("TYPE")) {
        types.put(parts[2], parts[3]);
      } else if (parts.length == 4 && !parts[3].isBlank()) {
        explained.add(parts[2]);
      }
    }
    Set<String> seen = new HashSet<>();
    for (Sample sample : samples) {
      assertTrue(seen.add(sample.name() + sample.labels()), () -> "twice: " + sample);
    }
    types.forEach(
        (name, type) -> {
          if (name.startsWith("reckon_")) {
            assertTrue(explained.contains(name), () -> name + " has no help");
            assertEquals(type.equals("counter"), name.endsWith("_total"), name);
            assertTrue(name.matches("[a-z]+(_[a-z]+)*"), name);
            assertTrue(!name.matches(".*_(ms|millis|milliseconds|minutes)(_.*)?"), name);
          }
        });
    assertTrue(types.keySet().stream().anyMatch(name -> name.startsWith("reckon_")), text);
  }
}

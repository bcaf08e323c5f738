package dev.reckon.sandbox.bench;

import dev.reckon.sandbox.bench.Section.Measurement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Measures everything in one run, and writes {@code docs/performance.md}. */
public final class Bench {
  private Bench() {}

  /**
   * Measures.
   *
   * @param arguments the project's root; then the names of the measurements to make, all of them by
   *     default; the page holds those
   */
  public static void main(String[] arguments) throws Exception {
    Locale.setDefault(Locale.ROOT);
    Map<String, Measurement> measurements = new LinkedHashMap<>();
    measurements.put("latency", Latency::measure);
    measurements.put("contexts", Contexts::measure);
    measurements.put("throughput", Throughput::measure);
    measurements.put("starts", Starts::measure);
    measurements.put("memory", Memory::measure);
    measurements.put("neighbours", Neighbours::measure);
    measurements.put("computing", Computing::measure);
    List<String> chosen = List.of(arguments).subList(1, arguments.length);
    Workshop workshop = new Workshop(Path.of(arguments[0]).toAbsolutePath().normalize());
    List<Section> sections = new ArrayList<>();
    for (Map.Entry<String, Measurement> each : measurements.entrySet()) {
      if (chosen.isEmpty() || chosen.contains(each.getKey())) {
        Workshop.say("measuring " + each.getKey());
        sections.add(each.getValue().measure(workshop));
      }
    }
    String page = page(workshop, sections);
    System.out.println(page);
    Files.writeString(workshop.root().resolve("docs/performance.md"), page);
  }

  private static String page(Workshop workshop, List<Section> sections) {
    StringBuilder page =
        new StringBuilder(
            """
            # Performance

            Made by `mvn verify -Pbench -DskipTests`; not edited by hand. Everything was measured in one run on one
            machine, beside what people would do without a sandbox: a fresh CPython process for each script. On a
            noisy machine the ratios say more than the figures.

            """);
    page.append(
        "Measured on %s, %d processors, %s %s, Java %s, GraalPy in the interpreter, beside %s.\n\n"
            .formatted(
                LocalDate.now(ZoneOffset.UTC),
                Workshop.CORES,
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.version(),
                workshop.cpython().version()));
    page.append("| | goal | measured | reached |\n|---|---|---|---|\n");
    sections.stream()
        .flatMap(section -> section.goals().stream())
        .map(Goal::row)
        .forEach(page::append);
    sections.forEach(section -> page.append('\n').append(section.text()));
    return page.toString();
  }
}

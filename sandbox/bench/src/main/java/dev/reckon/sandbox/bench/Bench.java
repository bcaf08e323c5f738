package dev.reckon.sandbox.bench;

import dev.reckon.sandbox.bench.Section.Measurement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Measures, and writes {@code docs/performance.md}. */
public final class Bench {
  private static final List<String> ALL = List.of("all");

  private Bench() {}

  /**
   * Measures.
   *
   * @param arguments the project's root; then {@code all} or the names of the measurements to make,
   *     with commas between them; each is written as soon as it is done
   */
  public static void main(String[] arguments) throws Exception {
    Locale.setDefault(Locale.ROOT);
    Map<String, Measurement> measurements = new LinkedHashMap<>();
    measurements.put("latency", Latency::measure);
    measurements.put("contexts", Contexts::measure);
    measurements.put("throughput", Throughput::measure);
    measurements.put("starts", StartTimes::measure);
    measurements.put("memory", Memory::measure);
    measurements.put("neighbours", NoisyNeighbours::measure);
    measurements.put("computing", Computing::measure);
    measurements.put("cpython", SecondEngine::measure);
    List<String> chosen = List.of(arguments[1].split(",", -1));
    if (!chosen.equals(ALL) && !measurements.keySet().containsAll(chosen)) {
      throw new IllegalArgumentException(
          "measure " + ALL.getFirst() + " or some of " + measurements.keySet() + ", not " + chosen);
    }
    BenchSetup workshop = new BenchSetup(Path.of(arguments[0]).toAbsolutePath().normalize());
    Path file = workshop.root().resolve("docs/performance.md");
    Page page = new Page(Files.exists(file) ? Files.readString(file) : "");
    for (Map.Entry<String, Measurement> each : measurements.entrySet()) {
      if (chosen.equals(ALL) || chosen.contains(each.getKey())) {
        BenchSetup.say("measuring " + each.getKey());
        page.put(each.getValue().measure(workshop), where(workshop));
        Files.writeString(file, page.text());
      }
    }
    System.out.println(page.text());
  }

  private static String where(BenchSetup workshop) {
    return "Measured on %s, %d processors, %s %s, Java %s, GraalPy in the interpreter, beside %s."
        .formatted(
            LocalDate.now(ZoneOffset.UTC),
            BenchSetup.CORES,
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            Runtime.version(),
            workshop.cpython().version());
  }
}

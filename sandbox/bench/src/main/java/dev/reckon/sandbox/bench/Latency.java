package dev.reckon.sandbox.bench;

import static dev.reckon.sandbox.bench.BenchSetup.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reckon.sandbox.RunResult;
import dev.reckon.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How long one script takes, alone and warm, beside a fresh process for it. */
final class Latency {
  private static final String SMALL = "print(1+1)";
  private static final int ROUNDS = 300;

  /** Between scripts, as between messages; a context needs less to have everything imported. */
  private static final long PAUSE_MILLIS = 300;

  private Latency() {}

  static Section measure(BenchSetup workshop) throws Exception {
    Pair small = new Pair();
    Pair hurried = new Pair();
    Pair programs = new Pair();
    Pair hurriedPrograms = new Pair();
    List<String> codes = programs(workshop.root());
    int left = 0;
    try (Sandbox pool = workshop.open(workshop.settings(2))) {
      for (int i = 0; i < 20; i++) {
        var _ = run(pool, SMALL);
        var _ = workshop.cpython().run(SMALL);
      }
      for (int i = 0; i < ROUNDS; i++) {
        var _ = small.add(workshop, pool, SMALL, PAUSE_MILLIS);
      }
      for (int i = 0; i < ROUNDS; i++) {
        var _ = hurried.add(workshop, pool, SMALL, 0);
      }
      for (String program : codes) {
        left += programs.add(workshop, pool, program, PAUSE_MILLIS) ? 0 : 1;
      }
      for (String program : codes) {
        var _ = hurriedPrograms.add(workshop, pool, program, 0);
      }
    }
    StringBuilder text = new StringBuilder("## One script\n\n");
    text.append(
        """
        From handing a script over to having its output, one after another. Between two scripts lie %d ms, as they do
        at least between the messages of a chat; the goals are about these. Without a pause a script runs beside the
        making of the other worker's next context, and imports for itself what would have been imported ahead.

        | milliseconds | | p50 | p95 | p99 |
        |---|---|---|---|---|
        """
            .formatted(PAUSE_MILLIS));
    List<Goal> goals = new ArrayList<>();
    row(text, "`" + SMALL + "`, " + ROUNDS + " times", small);
    goals(goals, "`" + SMALL + "`", small);
    row(text, "the same without a pause", hurried);
    if (!codes.isEmpty()) {
      String what = programs.ours.count() + " programs with their tests";
      row(text, what, programs);
      goals(goals, what, programs);
      row(text, "the same without a pause", hurriedPrograms);
      text.append("\nPrograms that do not complete here and are left out: ")
          .append(left)
          .append(".\n");
    }
    return new Section(goals, text.toString());
  }

  /** The same scripts here and in a fresh process each. */
  private static final class Pair {
    final Times ours = new Times();
    final Times theirs = new Times();

    /** Whether the script completed. */
    boolean add(BenchSetup workshop, Sandbox pool, String code, long pause) throws Exception {
      BenchSetup.awaitReady(pool, 1);
      Thread.sleep(pause);
      long begun = System.nanoTime();
      RunResult result = pool.submit(BenchSetup.script(code)).get();
      long took = System.nanoTime() - begun;
      if (!(result instanceof RunResult.Completed)) {
        return false;
      }
      ours.add(took);
      theirs.add(workshop.cpython().run(code));
      return true;
    }
  }

  private static void row(StringBuilder text, String what, Pair pair) {
    text.append("| %s | Reckon | %s |\n".formatted(what, pair.ours.cells()));
    text.append("| | CPython | %s |\n".formatted(pair.theirs.cells()));
  }

  private static void goals(List<Goal> goals, String what, Pair pair) {
    double p50 = pair.ours.ms(0.5) / pair.theirs.ms(0.5);
    double p95 = pair.ours.ms(0.95) / pair.theirs.ms(0.95);
    goals.add(new Goal(what + ", p50", "a sixth of CPython's", Ratio.shown(p50), p50 <= 1 / 6.0));
    goals.add(new Goal(what + ", p95", "a third of CPython's", Ratio.shown(p95), p95 <= 1 / 3.0));
  }

  private static List<String> programs(Path root) throws IOException {
    Path folder = root.resolveSibling("shared").resolve("data/programs");
    List<String> programs = new ArrayList<>();
    for (String name : List.of("humaneval.jsonl", "mbpp.jsonl")) {
      if (!Files.exists(folder.resolve(name))) {
        continue;
      }
      for (String line : Files.readAllLines(folder.resolve(name))) {
        JsonNode json = new ObjectMapper().readTree(line);
        programs.add(json.path("program").asText());
      }
    }
    return programs;
  }
}

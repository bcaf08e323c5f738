package dev.reckon.sandbox.bench;

import static dev.reckon.sandbox.bench.Workshop.run;

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

  private Latency() {}

  static Section measure(Workshop workshop) throws Exception {
    Times ours = new Times();
    Times theirs = new Times();
    Times ourPrograms = new Times();
    Times theirPrograms = new Times();
    int left = 0;
    try (Sandbox pool = workshop.open(workshop.settings(2))) {
      for (int i = 0; i < 20; i++) {
        var _ = run(pool, SMALL);
        var _ = workshop.cpython().run(SMALL);
      }
      for (int i = 0; i < ROUNDS; i++) {
        Workshop.awaitReady(pool, 1);
        ours.add(run(pool, SMALL));
        theirs.add(workshop.cpython().run(SMALL));
      }
      for (String program : programs(workshop.root())) {
        Workshop.awaitReady(pool, 1);
        long begun = System.nanoTime();
        RunResult result = pool.submit(Workshop.script(program)).get();
        long took = System.nanoTime() - begun;
        if (result instanceof RunResult.Completed) {
          ourPrograms.add(took);
          theirPrograms.add(workshop.cpython().run(program));
        } else {
          left++;
        }
      }
    }
    StringBuilder text = new StringBuilder("## One script\n\n");
    text.append(
        "From handing a script over to having its output, one after another. A context is made"
            + " ready between runs, as it is between the messages of a chat.\n\n");
    text.append("| milliseconds | | p50 | p95 | p99 |\n|---|---|---|---|---|\n");
    row(text, "`" + SMALL + "`, " + ROUNDS + " times", ours, theirs);
    List<Goal> goals = new ArrayList<>();
    goals(goals, "`" + SMALL + "`", ours, theirs);
    if (ourPrograms.count() > 0) {
      String what = ourPrograms.count() + " programs with their tests";
      row(text, what, ourPrograms, theirPrograms);
      goals(goals, what, ourPrograms, theirPrograms);
      text.append("\nPrograms that do not complete here and are left out: ")
          .append(left)
          .append(".\n");
    }
    return new Section(goals, text.toString());
  }

  private static void row(StringBuilder text, String what, Times ours, Times theirs) {
    text.append("| %s | Reckon | %s |\n".formatted(what, ours.cells()));
    text.append("| | CPython | %s |\n".formatted(theirs.cells()));
  }

  private static void goals(List<Goal> goals, String what, Times ours, Times theirs) {
    double p50 = ours.ms(0.5) / theirs.ms(0.5);
    double p95 = ours.ms(0.95) / theirs.ms(0.95);
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

package dev.reckon.sandbox.bench;

import dev.reckon.sandbox.Sandbox;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Scripts that do nothing but compute, beside CPython: there is no JIT on a plain JDK. */
final class Computing {
  private static final List<String> SCRIPTS =
      List.of("sieve", "nbody", "counting", "monte_carlo", "text");
  private static final int ROUNDS = 5;

  private Computing() {}

  static Section measure(BenchSetup workshop) throws Exception {
    StringBuilder text = new StringBuilder("## Computing\n\n");
    text.append(
        """
        Medians of %d runs. An interpreter on a JVM without a JIT for it is slower than CPython's own; what Reckon is
        asked for mostly takes milliseconds either way. A GraalVM JDK has that JIT; it was not measured here.

        | | Reckon, ms | CPython, ms | ratio |
        |---|---|---|---|
        """
            .formatted(ROUNDS));
    try (Sandbox pool = workshop.open(workshop.settings(1))) {
      for (String name : SCRIPTS) {
        String code = source(name);
        Times ours = new Times();
        Times theirs = new Times();
        for (int i = 0; i < ROUNDS; i++) {
          BenchSetup.awaitReady(pool, 1);
          ours.add(BenchSetup.run(pool, code));
          theirs.add(workshop.cpython().run(code));
        }
        text.append(
            "| %s | %s | %s | %s |\n"
                .formatted(
                    name.replace('_', ' '),
                    Times.shown(ours.median()),
                    Times.shown(theirs.median()),
                    Ratio.shown(ours.median() / theirs.median())));
      }
    }
    return new Section(List.of(), text.toString());
  }

  private static String source(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(Computing.class.getResourceAsStream(name + ".py"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

package dev.reckon.sandbox.bench;

import dev.reckon.sandbox.Sandbox;
import dev.reckon.sandbox.wire.WorkerSettings;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Where the time of a run goes: making its context, what it imports, the run itself. */
final class Contexts {
  private static final int WARM_UP = 150;
  private static final int ROUNDS = 40;
  private static final List<String> DEAR = List.of("dataclasses", "traceback");

  /** What is imported ahead, and some that is not. */
  private static final List<String> MODULES =
      Stream.concat(WorkerSettings.DEFAULT_PRELOAD.stream(), DEAR.stream()).toList();

  private Contexts() {}

  static Section measure(BenchSetup workshop) throws Exception {
    Times making = new Times();
    Times nothing = new Times();
    StringBuilder imports = new StringBuilder();
    try (Sandbox pool = workshop.open(workshop.bare(1))) {
      for (int i = 0; i < WARM_UP; i++) {
        var _ = BenchSetup.run(pool, "import " + MODULES.get(i % MODULES.size()));
      }
      for (int i = 0; i < ROUNDS; i++) {
        nothing.add(afresh(pool, "pass"));
        long ended = System.nanoTime();
        BenchSetup.awaitReady(pool, 1);
        making.add(System.nanoTime() - ended);
      }
      for (String module : MODULES) {
        Times times = new Times();
        for (int i = 0; i < ROUNDS / 2; i++) {
          times.add(afresh(pool, "import " + module));
        }
        imports.append(
            "| `import %s` | %s |\n"
                .formatted(module, Times.shown(Math.max(0, times.median() - nothing.median()))));
      }
    }
    return new Section(
        List.of(),
        String.format(
            Locale.ROOT,
            """
            ## Where the time goes

            Medians of one warm worker, one run after another, with nothing imported ahead. A context is made between
            runs. It can be used as soon as it is made; when nothing has come for a tenth of a second, what scripts import
            most is imported ahead, so that a script in a busy pool imports what it needs, and in an idle one finds it
            there.

            | | ms |
            |---|---|
            | making a context | %s |
            | running `pass` in it, to and from the worker included | %s |
            %s\
            """,
            Times.shown(making.median()),
            Times.shown(nothing.median()),
            imports));
  }

  private static long afresh(Sandbox pool, String code) throws Exception {
    BenchSetup.awaitReady(pool, 1);
    return BenchSetup.run(pool, code);
  }
}

package dev.reckon.sandbox.attacks;

import dev.reckon.sandbox.GuestError;
import dev.reckon.sandbox.Produced;
import dev.reckon.sandbox.RunResult;
import dev.reckon.sandbox.attacks.Attack.Ending;
import dev.reckon.sandbox.attacks.Attack.Layer;
import dev.reckon.sandbox.pool.Preparation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What came of an attack.
 *
 * @param detail the guest's error in one line, or empty
 * @param shown everything that a person might get to see, but for the traceback, which quotes the
 *     attack itself
 */
record Seen(Ending ending, String detail, Produced produced, String shown) {
  /** What an attack shows when it has won. */
  private static final List<String> WON = List.of("ESCAPED", "root:x:");

  /** What only the host knows; a context that may do everything knows it too. */
  private static final List<String> HOST =
      List.of(
          System.getProperty("reckon.root"),
          System.getProperty("java.home"),
          Optional.ofNullable(System.getenv("PATH")).orElse("no PATH"),
          Preparation.defaultDirectory().toString());

  static Seen of(RunResult result) {
    Produced produced = result.produced();
    return switch (result) {
      case RunResult.Completed _ -> new Seen(Ending.HARMLESS, "", produced, shown(produced));
      case RunResult.Failed(GuestError error, _, _) -> refused(error, produced);
      case RunResult.Blocked(_, GuestError error, _, _) -> refused(error, produced);
      case RunResult.TimeLimit _ -> new Seen(Ending.TIME_LIMIT, "", produced, shown(produced));
      case RunResult.MemoryLimit _ -> new Seen(Ending.MEMORY_LIMIT, "", produced, shown(produced));
      case RunResult.OutputLimit _ -> new Seen(Ending.OUTPUT_LIMIT, "", produced, shown(produced));
      case RunResult.WorkerLost(String reason, _, _) ->
          new Seen(Ending.LOST, reason, produced, shown(produced));
      case RunResult.Stopped _ -> throw new IllegalStateException("nobody stopped it");
    };
  }

  static Seen refused(GuestError error, Produced produced) {
    String words =
        error.type()
            + ": "
            + error
                .message()
                .lines()
                .findFirst()
                .orElse("")
                .replaceAll("/tmp/[^\"' ]*", "…")
                .replaceAll("0x[0-9a-f]+", "…");
    return new Seen(
        Ending.REFUSED,
        words.length() > 120 ? words.substring(0, 119) + "…" : words,
        produced,
        shown(produced) + error.type() + error.message());
  }

  private static String shown(Produced produced) {
    return produced.stdout() + produced.stderr();
  }

  /**
   * Why the attack was not withstood, or empty.
   *
   * @param alone the layer that stood alone, or null for all of them
   */
  Optional<String> breach(Attack attack, @Nullable Layer alone) {
    Stream<String> never =
        alone == Layer.KERNEL ? WON.stream() : Stream.concat(WON.stream(), HOST.stream());
    Optional<String> found = never.filter(shown::contains).findFirst();
    if (found.isPresent()) {
      return Optional.of("it shows " + found.get());
    }
    List<Ending> expected = attack.expected(alone);
    if (!expected.contains(ending)) {
      return Optional.of("it ended as " + words() + " and not as one of " + expected);
    }
    if (!produced.stdout().contains(attack.prints())) {
      return Optional.of("what it printed was lost");
    }
    return Optional.empty();
  }

  /** In words, for the table. */
  String words() {
    return detail.isEmpty() ? ending.words() : ending.words() + " (" + detail + ")";
  }
}

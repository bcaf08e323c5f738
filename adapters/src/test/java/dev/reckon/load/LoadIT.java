package dev.reckon.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.adapters.llm.FakeModelServer;
import dev.reckon.adapters.llm.SumModel;
import dev.reckon.adapters.telegram.TelegramTeam;
import dev.reckon.app.StartedReckon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The started program under load: many people who ask at once, and one person who asks one request
 * after another. With {@code -Dreckon.docs=write} the figures become {@code docs/load.md}.
 *
 * <p>Left out of the default build; {@code -Pbench} includes it. What is asserted holds at any
 * speed: everybody is answered once and nobody is refused. Times are reported only.
 */
@Tag("bench")
class LoadIT {
  private static final int CROWD = Integer.getInteger("reckon.load.people", 1000);
  private static final int MODEL_SECONDS = 2;
  private static final int IN_SEQUENCE = 200;
  private static final String ANSWER = "result: 4";
  private static final List<String> NO_RATES =
      List.of(
          "policy.person_per_minute=0",
          "policy.person_per_hour=0",
          "policy.team_per_minute=0",
          "policy.team_per_hour=0",
          "policy.person_day_runs=0",
          "policy.team_day_runs=0");
  private static final List<String> RAISED =
      List.of("model.concurrent_calls=1000", "service.conversations_at_once=1000");

  /** Parts of the page, by their tests; it is written when all are there. */
  private static final Map<String, String> PARTS = new ConcurrentHashMap<>();

  private static final AtomicInteger PROGRAMS = new AtomicInteger();

  @TempDir Path folder;

  @AfterAll
  static void writePage() throws IOException {
    if ("write".equals(System.getProperty("reckon.docs")) && PARTS.size() == 3) {
      Files.writeString(StartedReckon.HOME.resolve("docs/load.md"), page());
    }
  }

  @Test
  void aCrowdIsAnsweredWithShippedDefaults() throws Exception {
    PARTS.put("defaults", crowd("shipped defaults", List.of()));
  }

  @Test
  void aCrowdIsAnsweredWithLimitsRaised() throws Exception {
    PARTS.put("raised", crowd("`" + String.join("`, `", RAISED) + "`", RAISED));
  }

  private String crowd(String name, List<String> changed) throws Exception {
    List<String> settings = new ArrayList<>(NO_RATES);
    settings.addAll(changed);
    try (FakeModelServer model = new FakeModelServer().answerBy(LoadIT::slowly);
        TelegramTeam team = new TelegramTeam(folder, model.url(), settings)) {
      team.start();
      ask(team, CROWD + 1, 1);
      team.until("the first answer", () -> team.shows(CROWD + 1, ANSWER));
      long begin = System.nanoTime();
      for (int person = 1; person <= CROWD; person++) {
        ask(team, person, 1);
      }
      double[] half = new double[1];
      team.until(
          "everybody is answered",
          () -> {
            int seen = answered(team);
            if (half[0] == 0 && seen >= CROWD / 2) {
              half[0] = seconds(begin);
            }
            return seen == CROWD;
          },
          200);
      double all = seconds(begin);
      long memory = team.peakMib();
      assertTrue(team.stop(), "it ends by itself");
      assertEquals(CROWD, answered(team), "each answer once");
      assertEquals(List.of(), refused(team));
      return String.format(
          Locale.ROOT, "| %s | %d | 0 | 0 | %.1f | %.1f | %d |", name, CROWD, half[0], all, memory);
    }
  }

  /** When the model was called for a request, and when its answer was shown. */
  private record Marks(long asked, long generator, long judge, long shown) {}

  @Test
  void oneAfterAnother() throws Exception {
    long[] called = new long[2];
    FakeModelServer model =
        new FakeModelServer()
            .answerBy(
                call -> {
                  called[isJudge(call) ? 1 : 0] = System.nanoTime();
                  return answer(call);
                });
    try (model;
        TelegramTeam team = new TelegramTeam(folder, model.url(), NO_RATES)) {
      long start = System.nanoTime();
      ask(team, 1, 1);
      team.start();
      team.until("the first answer", () -> team.shows(1, ANSWER));
      double first = seconds(start);
      List<Marks> marks = new ArrayList<>();
      for (int number = 0; number < IN_SEQUENCE; number++) {
        int person = number + 2;
        long begin = System.nanoTime();
        ask(team, person, 1);
        team.until("an answer", () -> team.shows(person, ANSWER), 1);
        marks.add(new Marks(begin, called[0], called[1], System.nanoTime()));
      }
      List<Marks> warm = marks.subList(IN_SEQUENCE / 4, IN_SEQUENCE);
      PARTS.put(
          "sequence",
          String.format(Locale.ROOT, "The first answer came %.1f s after the start.", first)
              + "\n\n| milliseconds, "
              + warm.size()
              + " requests | p50 | p95 |\n|---|---|---|\n"
              + row("from the update to the first model call", warm, m -> m.generator() - m.asked())
              + row(
                  "from there to the judge's call: screened and run",
                  warm,
                  m -> m.judge() - m.generator())
              + row("from there to the posted answer", warm, m -> m.shown() - m.judge())
              + row("in all", warm, m -> m.shown() - m.asked()));
    }
  }

  private static String row(String what, List<Marks> marks, ToLongFunction<Marks> part) {
    long[] nanos = marks.stream().mapToLong(part).sorted().toArray();
    return "| %s | %d | %d |%n".formatted(what, percentile(nanos, 50), percentile(nanos, 95));
  }

  private static void ask(TelegramTeam team, long person, int number) {
    team.write(person, number, "add two and two");
  }

  private static FakeModelServer.Answer slowly(FakeModelServer.Call call) {
    pause(TimeUnit.SECONDS.toMillis(MODEL_SECONDS));
    return answer(call);
  }

  /** Each program differs from the others: what is known of one source helps no other. */
  private static FakeModelServer.Answer answer(FakeModelServer.Call call) {
    return isJudge(call)
        ? SumModel.answer(call, 0)
        : FakeModelServer.Answer.text(
            "```python\nnumber = %d\nprint('result:', 2 + 2)\n```"
                .formatted(PROGRAMS.incrementAndGet()));
  }

  private static boolean isJudge(FakeModelServer.Call call) {
    return call.last("user").contains("⟦output⟧");
  }

  private static int answered(TelegramTeam team) {
    return (int)
        LongStream.rangeClosed(1, CROWD).filter(person -> team.shows(person, ANSWER)).count();
  }

  /** What people read instead of an answer. */
  private static List<String> refused(TelegramTeam team) {
    return LongStream.rangeClosed(1, CROWD)
        .boxed()
        .flatMap(person -> team.texts(person).stream())
        .filter(text -> text.contains("busy") || text.contains("went wrong"))
        .toList();
  }

  private static void pause(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }

  private static long percentile(long[] sorted, int percent) {
    return TimeUnit.NANOSECONDS.toMillis(sorted[Math.ceilDiv(sorted.length * percent, 100) - 1]);
  }

  /** The median of some starts of the quickest Python here, in words. */
  private static String newPython() {
    OptionalLong quickest =
        Stream.of("/usr/bin/python3", "python3")
            .flatMapToLong(python -> medianStart(python).stream().mapToLong(Long::longValue))
            .min();
    return quickest.isPresent()
        ? TimeUnit.NANOSECONDS.toMillis(quickest.getAsLong()) + " ms"
        : "unknown time, since there is none";
  }

  private static Optional<Long> medianStart(String python) {
    try {
      long[] nanos = new long[20];
      for (int i = 0; i < nanos.length; i++) {
        long begin = System.nanoTime();
        Process process =
            new ProcessBuilder(python, "-c", "print(1+1)")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.waitFor();
        nanos[i] = System.nanoTime() - begin;
      }
      Arrays.sort(nanos);
      return Optional.of(nanos[nanos.length / 2]);
    } catch (IOException absent) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static String page() {
    return """
    # Load

    Made by `LoadIT` (CONTRIBUTING.md has the command); not edited by hand. Measured on %s, %d processors, %s %s,
    Java %s. The model's server, the stand-in Bot API and the program share the machine. To compare machines: a new
    CPython process that prints one line took %s.

    ## Many people at once

    %d people write to the bot in private chats at the same moment. Generator and judge take %d seconds each.
    Rate limits are off (%s); other settings are the shipped defaults, but for what the row names.

    | settings | answered | refused | twice | half answered after (s) | all after (s) | bot's JVM at most (MiB) |
    |---|---|---|---|---|---|---|
    %s
    %s

    ## One after another

    A request, its answer, the next request, with a model that answers at once: what Reckon itself takes, from
    the platform's update to the posted answer. Each program differs from the ones before.

    %s\
    """
        .formatted(
            LocalDate.now(ZoneOffset.UTC),
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            Runtime.version(),
            newPython(),
            CROWD,
            MODEL_SECONDS,
            "`" + String.join("`, `", NO_RATES) + "`",
            PARTS.get("defaults"),
            PARTS.get("raised"),
            PARTS.get("sequence"));
  }
}

package dev.reckon.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.adapters.llm.FakeModelServer;
import dev.reckon.adapters.llm.SumModel;
import dev.reckon.adapters.telegram.TelegramTeam;
import dev.reckon.app.StartedReckon;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
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
          "policy.person_day_runs=0");

  @TempDir Path folder;
  private final List<String> rows = new ArrayList<>();

  @Test
  void everybodyIsAnsweredOnce() throws Exception {
    crowd("shipped defaults", List.of());
    crowd("`model.concurrent_calls` = 1000", List.of("model.concurrent_calls=1000"));
    String sequence = oneAfterAnother();
    if ("write".equals(System.getProperty("reckon.docs"))) {
      Files.writeString(StartedReckon.HOME.resolve("docs/load.md"), page(sequence));
    }
  }

  private void crowd(String name, List<String> changed) throws Exception {
    List<String> settings = new ArrayList<>(NO_RATES);
    settings.addAll(changed);
    Path run = Files.createDirectory(folder.resolve("crowd" + rows.size()));
    try (FakeModelServer model = new FakeModelServer().answerBy(LoadIT::slowly);
        TelegramTeam team = new TelegramTeam(run, model.url(), settings)) {
      team.start();
      ask(team, CROWD + 1, 1);
      team.until("the first answer", () -> team.shows(CROWD + 1, ANSWER));
      long begin = System.nanoTime();
      for (int person = 1; person <= CROWD; person++) {
        ask(team, person, 1);
      }
      int[] seen = new int[1];
      double[] half = new double[1];
      team.until(
          "everybody is answered",
          () -> {
            pause(100);
            seen[0] = answered(team);
            if (half[0] == 0 && seen[0] >= CROWD / 2) {
              half[0] = seconds(begin);
            }
            return seen[0] == CROWD;
          });
      double all = seconds(begin);
      long memory = team.peakMib();
      assertTrue(team.stop(), "it ends by itself");
      assertEquals(CROWD, answered(team), "each answer once");
      assertEquals(List.of(), refused(team));
      rows.add(
          String.format(
              Locale.ROOT,
              "| %s | %d | 0 | 0 | %.1f | %.1f | %d |",
              name,
              CROWD,
              half[0],
              all,
              memory));
    }
  }

  private String oneAfterAnother() throws Exception {
    Path run = Files.createDirectory(folder.resolve("sequence"));
    try (FakeModelServer model = new FakeModelServer().answerBy(call -> SumModel.answer(call, 0));
        TelegramTeam team = new TelegramTeam(run, model.url(), NO_RATES)) {
      long start = System.nanoTime();
      ask(team, 1, 1);
      team.start();
      team.until("the first answer", () -> team.shows(1, ANSWER));
      double first = seconds(start);
      long[] nanos = new long[IN_SEQUENCE];
      for (int number = 0; number < IN_SEQUENCE; number++) {
        int person = number + 2;
        long begin = System.nanoTime();
        ask(team, person, 1);
        team.until("an answer", () -> team.shows(person, ANSWER), 1);
        nanos[number] = System.nanoTime() - begin;
      }
      long[] warm = LongStream.of(nanos).skip(IN_SEQUENCE / 4).sorted().toArray();
      return String.format(
          Locale.ROOT,
          "| %d | %.1f | %d | %d |",
          warm.length,
          first,
          percentile(warm, 50),
          percentile(warm, 95));
    }
  }

  private static void ask(TelegramTeam team, long person, int number) {
    team.write(person, number, "add two and two");
  }

  private static FakeModelServer.Answer slowly(FakeModelServer.Call call) {
    pause(TimeUnit.SECONDS.toMillis(MODEL_SECONDS));
    return SumModel.answer(call, 0);
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

  private String page(String sequence) {
    return """
    # Load

    Made by `mvn verify -Pbench -Dreckon.docs=write`; not edited by hand. Measured on %s, %d processors, %s %s,
    Java %s. The model's server, the stand-in Bot API and the program share the machine.

    ## Many people at once

    %d people write to the bot in private chats at the same moment. Generator and judge take %d seconds each.
    Rate limits are off (%s); other settings are the shipped defaults, but for what the row names.

    | settings | answered | refused | twice | half answered after (s) | all after (s) | bot's JVM at most (MiB) |
    |---|---|---|---|---|---|---|
    %s

    ## One after another

    A request, its answer, the next request, with a model that answers at once: what Reckon itself takes, from
    the platform's update to the posted answer. The first answer counts from the start of the process.

    | requests | first answer after a start (s) | p50 (ms) | p95 (ms) |
    |---|---|---|---|
    %s
    """
        .formatted(
            LocalDate.now(ZoneOffset.UTC),
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            Runtime.version(),
            CROWD,
            MODEL_SECONDS,
            "`" + String.join("`, `", NO_RATES) + "`",
            String.join("\n", rows),
            sequence);
  }
}

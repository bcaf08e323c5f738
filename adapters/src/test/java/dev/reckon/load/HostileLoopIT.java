package dev.reckon.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.adapters.llm.FakeModelServer;
import dev.reckon.adapters.llm.SumModel;
import dev.reckon.adapters.telegram.TelegramTeam;
import dev.reckon.app.FileBombs;
import dev.reckon.app.StartedReckon;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One person sends every hostile file over and over to the started program, while others ask. With
 * {@code -Dreckon.docs=write} the figures become {@code docs/hostile-loop.md}.
 *
 * <p>Left out of the default build; {@code -Pbench} includes it. What is asserted holds at any
 * speed: others are answered, and the bot's process stays small. Times are reported only.
 */
@Tag("bench")
class HostileLoopIT {
  private static final Duration LASTS =
      Duration.ofSeconds(Integer.getInteger("reckon.hostile.seconds", 600));

  /** Far below what one of these files once took (5.7 GiB), and above what the bot takes anyway. */
  private static final long MOST_MIB = 700;

  private static final long HOSTILE = 1;
  private static final String ANSWER = "result: 4";
  private static final List<String> NO_RATES =
      List.of(
          "policy.person_per_minute=0",
          "policy.person_per_hour=0",
          "policy.team_per_minute=0",
          "policy.team_per_hour=0",
          "policy.person_day_runs=0");

  @TempDir Path folder;

  private record Figures(int asked, long p50, long p95, long slowest, int bombs, long peakMib) {}

  @Test
  void othersAreAnsweredWhileOnePersonSendsBombs() throws Exception {
    Figures quiet = run("quiet", LASTS.dividedBy(4), Map.of());
    Figures hostile = run("hostile", LASTS, FileBombs.all());
    assertTrue(hostile.bombs() > 0 && hostile.asked() > 0, hostile.toString());
    assertTrue(hostile.peakMib() < MOST_MIB, hostile.peakMib() + " MiB");
    if ("write".equals(System.getProperty("reckon.docs"))) {
      Files.writeString(StartedReckon.HOME.resolve("docs/hostile-loop.md"), page(quiet, hostile));
    }
    System.out.println("MEASURE " + quiet + " " + hostile);
  }

  private Figures run(String name, Duration lasts, Map<String, byte[]> bombs) throws Exception {
    Path place = Files.createDirectory(folder.resolve(name));
    List<Long> nanos = new ArrayList<>();
    try (FakeModelServer model = new FakeModelServer().answerBy(call -> SumModel.answer(call, 0));
        TelegramTeam team = new TelegramTeam(place, model.url(), NO_RATES)) {
      team.start();
      long person = HOSTILE + 1;
      ask(team, person);
      team.until("the first answer", () -> team.shows(HOSTILE + 1, ANSWER));
      List<String> names = List.copyOf(bombs.keySet());
      int sent = 0;
      long end = System.nanoTime() + lasts.toNanos();
      while (System.nanoTime() < end) {
        // The next one as soon as something was said about the last.
        if (!names.isEmpty() && team.texts(HOSTILE).size() >= sent) {
          String bomb = names.get(sent % names.size());
          byte[] content = bombs.getOrDefault(bomb, new byte[0]);
          sent++;
          team.attach(HOSTILE, sent, bomb, content, "");
        }
        long asker = ++person;
        long begin = System.nanoTime();
        ask(team, asker);
        team.until("an answer", () -> team.shows(asker, ANSWER), 5);
        nanos.add(System.nanoTime() - begin);
      }
      assertEquals(200, team.status("/health/live"));
      nanos.sort(null);
      return new Figures(
          nanos.size(),
          percentile(nanos, 50),
          percentile(nanos, 95),
          percentile(nanos, 100),
          sent,
          team.peakMib());
    }
  }

  private static void ask(TelegramTeam team, long person) {
    team.write(person, 1, "add two and two");
  }

  private static long percentile(List<Long> sorted, int percent) {
    return TimeUnit.NANOSECONDS.toMillis(
        sorted.get(Math.ceilDiv(sorted.size() * percent, 100) - 1));
  }

  private static String page(Figures quiet, Figures hostile) {
    return """
    # One person sends hostile files while others ask

    Made by `mvn verify -Pbench -Dtest=none -Dit.test=HostileLoopIT -Dsurefire.failIfNoSpecifiedTests=false
    -Dreckon.docs=write`; not edited by hand. Measured on %s, %d processors, Java %s, for %d s.

    One person in Telegram sends the %d files of [hostile-input.md](hostile-input.md) in turn, the next as soon as something
    was said about the last. Others ask one request after another, which needs a model's reply, a program and a
    check; the model answers at once. Settings are the shipped defaults, without rate limits.

    | | requests of others | p50 (ms) | p95 (ms) | slowest (ms) | hostile files sent | bot's JVM at most (MiB) |
    |---|---|---|---|---|---|---|
    | alone | %d | %d | %d | %d | – | %d |
    | beside the hostile person | %d | %d | %d | %d | %d | %d |

    The median of others is %s times what it is alone.
    """
        .formatted(
            LocalDate.now(ZoneOffset.UTC),
            Runtime.getRuntime().availableProcessors(),
            Runtime.version(),
            LASTS.toSeconds(),
            FileBombs.all().size(),
            quiet.asked(),
            quiet.p50(),
            quiet.p95(),
            quiet.slowest(),
            quiet.peakMib(),
            hostile.asked(),
            hostile.p50(),
            hostile.p95(),
            hostile.slowest(),
            hostile.bombs(),
            hostile.peakMib(),
            String.format(Locale.ROOT, "%.1f", (double) hostile.p50() / Math.max(1, quiet.p50())));
  }
}

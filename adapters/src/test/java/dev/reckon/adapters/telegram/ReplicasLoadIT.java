package dev.reckon.adapters.telegram;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reckon.adapters.llm.FakeModelServer;
import dev.reckon.adapters.llm.FakeModelServer.Answer;
import dev.reckon.app.StartedReckon;
import dev.reckon.load.PageSection;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes of the started program that share a PostgreSQL database: how much they do together, how
 * soon one takes over from another, and what becomes of many people's requests while processes are
 * killed. With {@code -Dreckon.docs=write} the figures become sections of {@code docs/scaling.md}
 * and {@code docs/faults.md}.
 *
 * <p>Left out of the default build; {@code -Pbench} includes it. What is asserted holds at any
 * speed: each request is answered once. Times are reported only.
 */
@Tag("bench")
class ReplicasLoadIT {
  private static final int PEOPLE = Integer.getInteger("reckon.load.people", 1000);
  private static final int TAKEOVERS = Integer.getInteger("reckon.load.takeovers", 10);
  private static final long SEED = Long.getLong("reckon.load.seed", 20261129L);
  private static final Duration KILL_EVERY = Duration.ofSeconds(10);
  private static final int REPLICAS = 3;
  private static final int LOOK_MILLIS = 200;
  private static final int LOOK_OFTEN_MILLIS = 10;

  /** So that many turns are under way when a process is killed. */
  private static final double PROGRAM_SECONDS = 0.5;

  /** So that a turn is under way for certain. */
  private static final double LONG_PROGRAM_SECONDS = 3;

  private static final long FIRST_CHAT = 10_000;
  private static final Pattern QUESTION = Pattern.compile("question (\\d+)");
  private static final String VERDICT =
      """
      {"requirements":[{"requirement":"the answer","kind":"measure","quote":"result","mismatch":""}]}\
      """;
  private static final List<String> NO_RATES =
      List.of(
          "policy.person_per_minute=0",
          "policy.person_per_hour=0",
          "policy.team_per_minute=0",
          "policy.team_per_hour=0",
          "policy.person_day_runs=0",
          "policy.team_day_runs=0",
          "model.concurrent_calls=1000",
          "service.conversations_at_once=1000");

  /** Parts of the pages, by their tests; they are written when all are there. */
  private static final Map<String, String> PARTS = new ConcurrentHashMap<>();

  @TempDir Path folder;

  @AfterAll
  static void writePages() throws IOException {
    PARTS.forEach((name, part) -> System.out.println("MEASURE " + name + "\n" + part));
    if ("write".equals(System.getProperty("reckon.docs")) && PARTS.size() == 3) {
      Path docs = StartedReckon.HOME.resolve("docs");
      new PageSection(docs.resolve("scaling.md"), "ReplicasLoadIT").write(scaling());
      new PageSection(docs.resolve("faults.md"), "ReplicasLoadIT").write(faults());
    }
  }

  @Test
  void turnsPerSecond() throws Exception {
    Path file = folder.resolve("reckon.db");
    String sqlite = "jdbc:sqlite:" + file;
    StringBuilder rows = new StringBuilder();
    rows.append(throughput("one, SQLite", sqlite, 1, 2));
    try (EmbeddedPostgres server = postgres()) {
      rows.append(throughput("one, PostgreSQL", url(server), 1, 2));
    }
    try (EmbeddedPostgres server = postgres()) {
      rows.append(throughput("three, PostgreSQL", url(server), REPLICAS, 1));
    }
    PARTS.put("throughput", rows.toString());
  }

  private String throughput(String name, String url, int replicas, int workers) throws Exception {
    try (Stage stage = new Stage(Files.createTempDirectory(folder, "stage"), url, 0)) {
      for (int i = 0; i < replicas; i++) {
        stage.start(workers);
      }
      stage.ask(1);
      stage.until("the first answer", () -> stage.missing().isEmpty(), LOOK_MILLIS);
      long warm = stage.number("select coalesce(max(id), 0) from turn");
      long begin = System.nanoTime();
      stage.ask(PEOPLE);
      stage.until("every answer", () -> stage.missing().isEmpty(), LOOK_MILLIS);
      double shown = seconds(begin);
      assertEquals(List.of(), stage.twice());
      String of = " from turn where id > " + warm;
      long turns = stage.number("select count(*)" + of);
      long millis = stage.number("select max(ended_at) - min(started_at)" + of);
      return String.format(
          Locale.ROOT,
          "| %s | %d | %d | %.1f | %.1f |%n",
          name,
          replicas * workers,
          turns,
          turns * 1000.0 / millis,
          shown);
    }
  }

  @Test
  void takeover() throws Exception {
    List<Double> killed = new ArrayList<>();
    List<Double> stopped = new ArrayList<>();
    List<Double> fetchers = new ArrayList<>();
    try (EmbeddedPostgres server = postgres();
        Stage stage = new Stage(folder, url(server), LONG_PROGRAM_SECONDS)) {
      stage.start(1);
      stage.start(1);
      for (int i = 0; i < 2 * TAKEOVERS; i++) {
        stage.until("two replicas", () -> stage.alive() == 2, LOOK_MILLIS);
        stage.ask(1);
        String open = "select replica from delivery where handled_at is null";
        stage.until(
            "a program that runs",
            () -> stage.shows("Running") && stage.text(open).isPresent(),
            LOOK_OFTEN_MILLIS);
        String holder = stage.text(open).orElseThrow();
        StartedReckon program = stage.program(holder);
        boolean fetched = stage.text(Stage.FETCHER).equals(Optional.of(holder));
        boolean kill = i % 2 == 0;
        if (kill) {
          program.kill();
        } else {
          program.signal("STOP");
        }
        long begin = System.nanoTime();
        stage.until(
            "another one has the turn",
            () -> !stage.text(open).equals(Optional.of(holder)),
            LOOK_OFTEN_MILLIS);
        (kill ? killed : stopped).add(seconds(begin));
        if (fetched) {
          stage.until(
              "another one fetches updates",
              () -> stage.text(Stage.FETCHER).filter(it -> !it.equals(holder)).isPresent(),
              LOOK_OFTEN_MILLIS);
          fetchers.add(seconds(begin));
        }
        stage.until("the answer", () -> stage.missing().isEmpty(), LOOK_MILLIS);
        if (kill) {
          stage.start(1);
        } else {
          program.signal("CONT");
        }
      }
      assertEquals(List.of(), stage.twice());
    }
    PARTS.put(
        "takeover",
        row("a turn, after SIGKILL", killed)
            + row("a turn, after SIGSTOP", stopped)
            + row("fetching Telegram's updates, after either", fetchers));
  }

  private static String row(String what, List<Double> seconds) {
    double[] sorted = seconds.stream().mapToDouble(it -> it).sorted().toArray();
    return sorted.length == 0
        ? "| %s | 0 | | |%n".formatted(what)
        : String.format(
            Locale.ROOT,
            "| %s | %d | %.1f | %.1f |%n",
            what,
            sorted.length,
            sorted[sorted.length / 2],
            sorted[sorted.length - 1]);
  }

  @Test
  void manyPeopleWhileReplicasAreKilled() throws Exception {
    Random random = new Random(SEED);
    int kills = 0;
    try (EmbeddedPostgres server = postgres();
        Stage stage = new Stage(folder, url(server), PROGRAM_SECONDS)) {
      for (int i = 0; i < REPLICAS; i++) {
        stage.start(1);
      }
      stage.until("three replicas", () -> stage.alive() == REPLICAS, LOOK_MILLIS);
      long begin = System.nanoTime();
      stage.ask(PEOPLE);
      long next = begin + KILL_EVERY.toNanos();
      while (!stage.isDone()) {
        stage.checkPatience(begin);
        // One that serves is left: the others are being started while it is killed ten seconds on.
        if (System.nanoTime() >= next && stage.serving().size() >= 2) {
          List<StartedReckon> serving = stage.serving();
          serving.get(random.nextInt(serving.size())).kill();
          stage.start(1);
          kills++;
          next = System.nanoTime() + KILL_EVERY.toNanos();
        }
        Thread.sleep(LOOK_MILLIS);
      }
      double all = seconds(begin);
      // Nothing is left to do: what is missing now is lost.
      int lost = stage.missing().size();
      int twice = stage.twice().size();
      PARTS.put(
          "kills",
          String.format(
              Locale.ROOT, "| %d | %d | %d | %d | %.1f |%n", PEOPLE, kills, lost, twice, all));
      assertEquals(List.of(), stage.missing());
      assertEquals(List.of(), stage.twice());
    }
  }

  private static EmbeddedPostgres postgres() throws IOException {
    return EmbeddedPostgres.builder()
        .setOverrideWorkingDirectory(Path.of("target/postgresql").toAbsolutePath().toFile())
        .setServerConfig("listen_addresses", "127.0.0.1")
        .start();
  }

  private static String url(EmbeddedPostgres server) {
    return server.getJdbcUrl("postgres", "postgres");
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }

  /** Processes of the program on one store, a model that answers at once, and people. */
  private static final class Stage implements AutoCloseable {
    static final String FETCHER = "select replica from leader where task = 'telegram'";
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final Path folder;
    private final String store;
    private final double programSeconds;
    private final FakeTelegram telegram = new FakeTelegram();
    private final FakeModelServer model = new FakeModelServer().answerBy(this::answer);
    private final List<StartedReckon> programs = new ArrayList<>();
    private int asked;

    Stage(Path folder, String store, double programSeconds) throws IOException {
      this.folder = folder;
      this.store = store;
      this.programSeconds = programSeconds;
      telegram.takesDrafts = false;
    }

    private Answer answer(FakeModelServer.Call call) {
      String prompt = call.last("user");
      if (prompt.contains("⟦output⟧")) {
        return Answer.text(VERDICT);
      }
      Matcher number = QUESTION.matcher(prompt);
      String last = "";
      while (number.find()) {
        last = number.group(1);
      }
      return Answer.text(
          String.format(
              Locale.ROOT,
              "```python\nimport time\ntime.sleep(%.1f)\nprint('result: number', %s)\n```",
              programSeconds,
              last));
    }

    void start(int workers) throws IOException {
      List<String> set = new ArrayList<>(NO_RATES);
      set.addAll(
          List.of(
              "telegram.enabled=true",
              "policy.listed_only=[]",
              "telegram.api_url=" + telegram.url(),
              "model.base_url=" + model.url(),
              "model.name=m",
              "store.url=" + store,
              "sandbox.workers=" + workers));
      programs.add(
          StartedReckon.service(folder, Map.of("TELEGRAM_BOT_TOKEN", FakeTelegram.TOKEN), set));
    }

    /** So many people write at the same time, each in a chat of their own. */
    void ask(int people) {
      for (int i = 0; i < people; i++) {
        long chat = FIRST_CHAT + asked;
        telegram.chat(chat);
        telegram.queue(People.text(chat, chat, 1, "question " + asked));
        asked++;
      }
    }

    private long shown(int question) {
      String answer = "result: number " + question;
      return telegram.chat(FIRST_CHAT + question).texts().stream()
          .filter(text -> text.lines().anyMatch(line -> line.strip().equals(answer)))
          .count();
    }

    /** Whether the last one who asked reads this. */
    boolean shows(String words) {
      return telegram.chat(FIRST_CHAT + asked - 1).texts().stream()
          .anyMatch(text -> text.contains(words));
    }

    /** Questions whose answer is shown nowhere. */
    List<Integer> missing() {
      return IntStream.range(0, asked).filter(it -> shown(it) == 0).boxed().toList();
    }

    /** Whether every answer is shown, or nothing is left to be done for one. */
    boolean isDone() {
      return missing().isEmpty()
          || (telegram.waiting() == 0
              && number("select count(*) from delivery") > 0
              && number("select count(*) from delivery where handled_at is null") == 0
              && number("select count(*) from outgoing where state = 'WAITING'") == 0);
    }

    /** Questions whose answer is shown in several messages. */
    List<Integer> twice() {
      return IntStream.range(0, asked).filter(it -> shown(it) > 1).boxed().toList();
    }

    /** The processes that serve now. */
    List<StartedReckon> serving() {
      List<String> ids = texts("select id from replica");
      return programs.stream().filter(it -> ids.stream().anyMatch(id -> isOf(id, it))).toList();
    }

    int alive() {
      return serving().size();
    }

    StartedReckon program(String replica) {
      return programs.stream().filter(it -> isOf(replica, it)).findFirst().orElseThrow();
    }

    /** A replica's id is its host, its process, and something that no other has. */
    private static boolean isOf(String replica, StartedReckon program) {
      return program.runs() && replica.split("/", -1)[1].equals(Long.toString(program.pid()));
    }

    Optional<String> text(String sql) {
      return texts(sql).stream().findFirst();
    }

    long number(String sql) {
      return Long.parseLong(text(sql).orElseThrow());
    }

    private List<String> texts(String sql) {
      List<String> values = new ArrayList<>();
      try (Connection connection = DriverManager.getConnection(store);
          Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery(sql)) {
        while (rows.next()) {
          String value = rows.getString(1);
          if (value != null) {
            values.add(value);
          }
        }
      } catch (SQLException e) {
        return List.of(); // the first process has not made the tables yet
      }
      return values;
    }

    void until(String what, BooleanSupplier condition, int millis) throws InterruptedException {
      long begin = System.nanoTime();
      while (!condition.getAsBoolean()) {
        checkPatience(begin);
        if (programs.stream().noneMatch(StartedReckon::runs)) {
          throw new AssertionError("all ended before: " + what + "\n" + said());
        }
        Thread.sleep(millis);
      }
    }

    void checkPatience(long begin) {
      if (System.nanoTime() - begin > PATIENCE.toNanos()) {
        List<Integer> lost = missing();
        throw new AssertionError(
            lost.size() + " are not answered: " + lost + "\n" + chat(lost) + "\n" + said());
      }
    }

    private List<String> chat(List<Integer> questions) {
      return questions.stream()
          .limit(1)
          .flatMap(it -> telegram.chat(FIRST_CHAT + it).texts().stream())
          .toList();
    }

    private String said() {
      return Arrays.toString(programs.stream().map(StartedReckon::said).toArray());
    }

    @Override
    public void close() {
      programs.forEach(StartedReckon::close);
      model.close();
      telegram.close();
    }
  }

  private static String machine() {
    return "Measured by `ReplicasLoadIT` on %s, %d processors, %s %s, Java %s, PostgreSQL on the same machine."
        .formatted(
            LocalDate.now(ZoneOffset.UTC),
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            Runtime.version());
  }

  private static String scaling() {
    return """
    ## Processes that share a database, measured

    %s The model's server and the platform's stand-in share it, too, so that three processes have no more processors than
    one. %d people ask at the same moment, the model answers at once, and programs only print. The platform's pace, thirty
    messages a second, limits when answers are shown; turns do not wait for it.

    | processes, store | workers in all | turns | turns per second | all answers shown after (s) |
    |---|---|---|---|---|
    %s
    How soon another process takes over, with `service.silence_seconds` at its default:

    | what | times | median (s) | longest (s) |
    |---|---|---|---|
    %s\
    """
        .formatted(machine(), PEOPLE, PARTS.get("throughput"), PARTS.get("takeover"));
  }

  private static String faults() {
    return """
    ## Replicas that are killed

    %s Three processes share the database; every ten seconds one of those that serve is killed with SIGKILL and another one
    started. "Lost" are requests whose answer is shown nowhere in the end, "twice" those whose answer is shown in two messages.

    | requests, all at once | processes killed | lost | twice | all answered after (s) |
    |---|---|---|---|---|
    %s
    | taken over | times | median (s) | longest (s) |
    |---|---|---|---|
    %s\
    """
        .formatted(machine(), PARTS.get("kills"), PARTS.get("takeover"));
  }
}

package dev.reckon.adapters.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reckon.adapters.llm.FakeModelServer;
import dev.reckon.adapters.llm.FakeModelServer.Answer;
import dev.reckon.adapters.telegram.TelegramTeam;
import dev.reckon.app.StartedReckon;
import dev.reckon.load.PageSection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The started program, killed with SIGKILL at random points while people write, attach files, edit,
 * press buttons and cancel on both platforms at once. Nothing that a platform has handed over may
 * be lost, and no edit may be answered twice.
 *
 * <p>A few kills run in every build; {@code -Pchaos} runs a thousand, and ordinary trouble beside
 * them. With {@code -Dreckon.docs=write} both become {@code docs/faults.md}.
 */
class ChaosIT {
  private static final int KILLS = Integer.getInteger("reckon.chaos.kills", 3);
  private static final long SEED = Long.getLong("reckon.chaos.seed", 20261128L);
  private static final Pattern TOKEN = Pattern.compile("token (\\d+)");
  private static final Pattern ANSWERED = Pattern.compile("answer-(\\d+)-ok");
  private static final String CHANNEL = "C1";
  private static final String PERSON = "U1";

  /** Parts of the page, by their tests; it is written when both are there. */
  private static final Map<String, String> PARTS = new ConcurrentHashMap<>();

  /** For what was perhaps taken and perhaps not: its answer may come or not. */
  private static final int UNKNOWN = Integer.MAX_VALUE;

  /** What somebody did, and what has to come of it. */
  private enum Kind {
    MESSAGE("a message on Telegram"),
    FILE("a file with a request on Telegram"),
    EDIT("a request changed on Telegram"),
    PRESS("\"Run again\" pressed on Telegram"),
    CANCEL("a request cancelled on Telegram"),
    MENTION("a mention on Slack"),
    COMMAND("a slash command on Slack"),
    SLACK_PRESS("\"Run again\" pressed on Slack");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  /**
   * One action.
   *
   * @param token the number that its answer shows
   * @param times how often the answer shows it
   */
  private record Action(Kind kind, int token, int times) {}

  @TempDir Path folder;
  private final Random random = new Random(SEED);
  private final FakeSlack slack = new FakeSlack().channel(CHANNEL, PERSON, FakeSlack.BOT);
  private final SlackPeople people = new SlackPeople(slack);
  private final Map<Integer, Action> actions = new ConcurrentHashMap<>();
  private final Set<Integer> pressed = new HashSet<>();
  private int number;

  @AfterEach
  void close() {
    slack.close();
  }

  @Test
  void killedAtRandomPointsItLosesNothing() throws Exception {
    List<String> settings =
        List.of(
            "slack.enabled=true",
            "slack.api_url=" + slack.base() + "/api/",
            "policy.running_per_person=16",
            "policy.person_per_minute=0",
            "policy.person_per_hour=0",
            "policy.team_per_minute=0",
            "policy.team_per_hour=0",
            "policy.person_day_runs=0",
            "policy.team_day_runs=0",
            "sandbox.workers=1");
    try (FakeModelServer model = new FakeModelServer().answerBy(ChaosIT::answer);
        TelegramTeam team = new TelegramTeam(folder, model.url(), settings);
        ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      team.with("SLACK_BOT_TOKEN", FakeSlack.BOT_TOKEN)
          .with("SLACK_APP_TOKEN", FakeSlack.APP_TOKEN);
      for (int kill = 0; kill < KILLS; kill++) {
        team.start();
        // What was open at two ends of the process is given up as their cause, so each meets one.
        team.until("all before the last kill", () -> open(team).isEmpty(), 100);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(random.nextInt(200, 3000));
        while (System.nanoTime() < end) {
          act(team, senders);
          TimeUnit.MILLISECONDS.sleep(random.nextInt(20, 150));
        }
        team.kill();
      }
      team.start();
      team.until("everything is answered", () -> open(team).isEmpty(), 100);
      assertTrue(team.stop());
      Map<Integer, Long> shown = shown(team);
      List<Action> twice =
          actions.values().stream()
              .filter(action -> shown.getOrDefault(action.token, 0L) > action.times)
              .toList();
      assertEquals(List.of(), twice.stream().filter(it -> it.kind == Kind.EDIT).toList());
      assertTrue(twice.size() <= 1 + actions.size() / 1000, twice::toString);
      assertEquals(List.of(), slack.mistakes());
      PARTS.put("kills", kills(twice.size()));
    }
  }

  @Test
  @Tag("chaos")
  void ordinaryTroubleLosesNothing() throws Exception {
    PARTS.put("trouble", String.join("\n", new OrdinaryTrouble(folder).cases()));
  }

  @AfterAll
  static void writePage() throws IOException {
    if ("write".equals(System.getProperty("reckon.docs")) && PARTS.size() == 2) {
      Path page = StartedReckon.HOME.resolve("docs/faults.md");
      Files.writeString(page, page() + new PageSection(page, "ReplicasLoadIT").text());
    }
  }

  private void act(TelegramTeam team, ExecutorService senders) {
    int token = ++number;
    Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
    switch (kind) {
      case MESSAGE -> {
        team.write(token, 1, "Say token " + token);
        expect(kind, token, 1);
      }
      case FILE -> {
        team.attach(token, 1, "data.csv", "n\nin-file-" + token + "\n", "Read token " + token);
        expect(kind, token, 1);
      }
      case EDIT -> {
        team.write(token, 1, "Say token " + token);
        int changed = ++number;
        team.edit(token, 1, "Say token " + changed);
        expect(kind, changed, 1);
      }
      case CANCEL -> {
        team.write(token, 1, "Say slowly token " + token);
        team.write(token, 2, "/cancel");
        expect(kind, token, 1);
      }
      case PRESS ->
          notPressed(Kind.MESSAGE)
              .filter(earlier -> team.press(earlier, answer(earlier), "again"))
              .ifPresent(earlier -> expect(kind, earlier, 2));
      case MENTION -> {
        expect(kind, token, 1);
        ObjectNode mention =
            people.envelope(
                people.message(CHANNEL, PERSON, slack.ts(), "", "<@UBOT> Say token " + token));
        senders.execute(() -> untilTaken(mention));
      }
      case COMMAND -> {
        ObjectNode command = people.command(CHANNEL, PERSON, "Say token " + token);
        senders.execute(
            () -> {
              if (taken("slash_commands", command)) {
                expect(kind, token, 1);
              }
            });
      }
      case SLACK_PRESS -> pressOnSlack(senders);
    }
  }

  private void pressOnSlack(ExecutorService senders) {
    notPressed(Kind.MENTION)
        .flatMap(earlier -> showing(answer(earlier)).stream().findFirst())
        .filter(message -> message.shown().contains("[Run again]"))
        .ifPresent(
            message -> {
              int earlier = tokens(message.shown()).findFirst().orElseThrow();
              ObjectNode press = people.press(message, PERSON, message.button("Run again"));
              senders.execute(
                  () ->
                      // Slack does not repeat what was not acknowledged: the person presses again.
                      expect(Kind.SLACK_PRESS, earlier, taken("interactive", press) ? 2 : UNKNOWN));
            });
  }

  private void expect(Kind kind, int token, int times) {
    actions.put(token, new Action(kind, token, times));
  }

  /** One that was answered and has not been pressed yet; it is taken from the list. */
  private Optional<Integer> notPressed(Kind kind) {
    Optional<Integer> earlier =
        actions.values().stream()
            .filter(action -> action.kind == kind && !pressed.contains(action.token))
            .map(Action::token)
            .sorted()
            .findFirst();
    earlier.ifPresent(pressed::add);
    return earlier;
  }

  /** Slack delivers an event until it is acknowledged. */
  private void untilTaken(JsonNode event) {
    while (!taken("events_api", event)) {
      try {
        TimeUnit.MILLISECONDS.sleep(250);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private boolean taken(String type, JsonNode payload) {
    try {
      return slack.sockets.acknowledged(type, payload);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private List<FakeMessage> showing(String words) {
    return slack.in(CHANNEL).stream().filter(it -> it.shown().contains(words)).toList();
  }

  /** What has not come to its end yet. */
  private List<Action> open(TelegramTeam team) {
    Map<Integer, Long> shown = shown(team);
    return actions.values().stream()
        .filter(
            action ->
                switch (action.kind) {
                  case EDIT ->
                      shown.getOrDefault(action.token, 0L) < 1
                          && !team.offers(action.token - 1, "rerun_edited");
                  case CANCEL ->
                      shown.getOrDefault(action.token, 0L) < 1
                          && team.texts(action.token).stream()
                              .noneMatch(text -> text.contains("Cancelled"));
                  default ->
                      action.times != UNKNOWN
                          && shown.getOrDefault(action.token, 0L) < action.times;
                })
        .toList();
  }

  /** How many messages of both platforms show the answer with each token. */
  private Map<Integer, Long> shown(TelegramTeam team) {
    Stream<String> telegram =
        IntStream.rangeClosed(1, number).boxed().flatMap(person -> team.texts(person).stream());
    Stream<String> onSlack = slack.messages.stream().map(FakeMessage::shown);
    return Stream.concat(telegram, onSlack)
        .flatMap(text -> tokens(text).distinct())
        .collect(Collectors.groupingBy(token -> token, Collectors.counting()));
  }

  private static Stream<Integer> tokens(String text) {
    return ANSWERED.matcher(text).results().map(found -> Integer.valueOf(found.group(1)));
  }

  private static String answer(int token) {
    return "answer-" + token + "-ok";
  }

  /** A program that prints the token, from the file where there is one. */
  private static Answer answer(FakeModelServer.Call call) {
    String prompt = call.last("user");
    if (prompt.contains("⟦output⟧")) {
      return Answer.text(
          """
          {"requirements":[{"requirement":"the token","kind":"measure","quote":"answer-","mismatch":""}]}\
          """);
    }
    Matcher matcher = TOKEN.matcher(prompt);
    String last = "";
    while (matcher.find()) {
      last = matcher.group(1);
    }
    String program =
        prompt.contains("Read token")
            ? "print(open('data.csv').read().split()[1].replace('in-file', 'answer') + '-ok')"
            : prompt.contains("slowly")
                ? "import time\ntime.sleep(2)\nprint('answer-%s-ok')".formatted(last)
                : "print('answer-%s-ok')".formatted(last);
    return Answer.text("```python\n" + program + "\n```");
  }

  private String kills(int twice) {
    String rows =
        Arrays.stream(Kind.values())
            .map(
                kind ->
                    "| %s | %d | 0 |"
                        .formatted(
                            kind.words,
                            actions.values().stream().filter(it -> it.kind == kind).count()))
            .collect(Collectors.joining("\n"));
    return """
    The started program serves Telegram (polling) and Slack (Socket Mode) at once, on one SQLite store. It was
    killed with SIGKILL %d times, each time 0.2 to 3 s after the answers to all that was open, and started again; the random
    points follow the seed %d. A request counts as lost when its platform had handed it over and its answer is
    shown nowhere in the end; an answer shown in two messages counts as sent twice.

    | what people did | times | lost |
    |---|---|---|
    %s

    Sent twice: %d of %d; edits answered twice: 0. An answer is sent twice when the process dies between the
    platform's taking it and the receipt's being stored; neither platform offers a key that would prevent it.
    """
        .formatted(KILLS, SEED, rows, twice, actions.size());
  }

  private static String page() {
    return """
    # Faults

    Made by `ChaosIT` (CONTRIBUTING.md has the command); not edited by hand. Measured on %s, %d processors, %s %s,
    Java %s. The platforms and the model are stand-ins on the same machine.

    ## Killed at random points

    %s
    ## Ordinary trouble

    Requests on Telegram that are under way or come in while something is wrong, and what came of them. "Lost" are those
    whose answer is shown nowhere in the end, "twice" those whose answer is shown in two messages.

    | what was wrong | requests | lost | twice | what people and operators saw meanwhile |
    |---|---|---|---|---|
    %s
    """
        .formatted(
            LocalDate.now(ZoneOffset.UTC),
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            Runtime.version(),
            PARTS.get("kills"),
            PARTS.get("trouble"));
  }
}

package dev.reckon.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.adapters.cli.CommandLineRunner;
import dev.reckon.adapters.cli.Console;
import dev.reckon.adapters.config.ConfigurationException;
import dev.reckon.adapters.config.SecretsFile;
import dev.reckon.adapters.demo.DemoScene;
import dev.reckon.adapters.llm.FakeModelServer;
import dev.reckon.adapters.llm.FakeModelServer.Answer;
import dev.reckon.adapters.llm.FakeModelServer.Call;
import dev.reckon.core.delivery.DirectClient;
import dev.reckon.core.message.Address;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Team;
import dev.reckon.core.turn.TurnEvent;
import dev.reckon.core.turn.TurnResult;
import dev.reckon.core.turn.TurnStatus;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole vocabulary at the terminal, on a real table, with the real sandbox and a model that
 * plays its part over HTTP; a saved computation run again and again; cancelling what would never
 * end. With {@code -Dreckon.docs=write} what was seen becomes {@code docs/words.md}. Needs a
 * worker.
 */
class CommandsIT {
  private static final Path HOME = StartedReckon.HOME;
  private static final boolean DOCS = "write".equals(System.getProperty("reckon.docs"));
  private static final int TIMES = DOCS ? 100 : 10;
  private static final long MOST_PATIENCE = 24;
  private static final int CANCELS = DOCS ? 10 : 3;

  private static final String AVERAGE =
      """
      ```python
      import csv
      from collections import defaultdict

      SINCE = "1900-01-01"
      pay = defaultdict(list)
      skipped = 0
      with open("employees.csv", newline="", encoding="utf-8") as file:
          for row in csv.DictReader(file):
              if row["start_date"] < SINCE:
                  continue
              if row["salary_eur"].strip():
                  pay[row["department"]].append(float(row["salary_eur"]))
              else:
                  skipped += 1
      print("department,people,average_eur")
      for name, values in sorted(pay.items(), key=lambda i: -sum(i[1]) / len(i[1])):
          print(f"{name},{len(values)},{sum(values) / len(values):.2f}")
      print(f"Rows used: {sum(map(len, pay.values()))}, skipped without a salary: {skipped}")
      ```
      """;

  /** Not the common pool: it has one thread on two processors, and the HTTP client needs it. */
  private static final Executor ASKERS = task -> Thread.ofVirtual().start(task);

  @TempDir private Path folder;

  @BeforeEach
  void attachable() throws Exception {
    try (InputStream table =
        Optional.ofNullable(DemoScene.class.getResourceAsStream("employees.csv")).orElseThrow()) {
      Files.write(folder.resolve("employees.csv"), table.readAllBytes());
    }
  }

  @Test
  void theWholeVocabularyOnARealTable() throws Exception {
    try (FakeModelServer model = new FakeModelServer().answerBy(CommandsIT::play)) {
      List<String> lines =
          new ArrayList<>(
              List.of(
                  "/file employees.csv",
                  "average salary by department, highest first",
                  "now only people who started in 2020 or later",
                  "/code",
                  "/wrong the median was meant",
                  "/history",
                  "/show 1",
                  "/save pay SINCE=1900-01-01",
                  "yes",
                  "/list",
                  "pay",
                  "/do pay SINCE=2018-01-01",
                  "/do pay SINCE=2018-01-01 UNTIL=2020-01-01",
                  "/again",
                  "/run print(2 ** 100)",
                  "/run import os; os.remove('employees.csv')",
                  "/settings code off",
                  "/instructions salaries are gross, in euros, by year",
                  "pay",
                  "/share",
                  "/files",
                  "/drop employees.csv",
                  "pay",
                  "/new",
                  "hystory",
                  "share of revenue by product",
                  "/forget pay",
                  "/help save",
                  "/help"));
      TypedLines typed = chat(model, lines);
      String seen = typed.transcript();
      assertTrue(seen.contains("52 rows after the header"), seen);
      assertTrue(seen.contains("Saved as \"pay\""), seen);
      assertTrue(seen.contains("It has no parameter \"UNTIL\", but: SINCE="), seen);
      assertTrue(seen.contains("1267650600228229401496703205376"), seen);
      assertTrue(
          seen.contains("The program was not run: line 1: calling os.remove is not allowed here"),
          seen);
      assertFalse(seen.contains("FileNotFoundError"), seen);
      assertTrue(seen.contains("disputed by"), seen);
      assertTrue(seen.contains("Did you mean \"history\"?"), seen);
      int calls = model.calls().size();
      TypedLines many = manyRuns(model);
      assertEquals(calls + 2, model.calls().size(), "a saved computation asks no model");
      List<Duration> cancels = cancels(model);
      if (DOCS) {
        Files.writeString(HOME.resolve("docs/words.md"), page(seen, many.waits(), cancels));
      }
    }
  }

  @Test
  void theTerminalsOwnWords() throws Exception {
    Path kept = folder.resolve("kept");
    try (FakeModelServer model = new FakeModelServer().answerBy(CommandsIT::play)) {
      String seen =
          chat(
                  model,
                  List.of(
                      "/sttas",
                      "/file",
                      folder + "/none.csv how many rows?",
                      folder + "/employees.csv",
                      "/run open('out.txt', 'w').write('made'); print('done')",
                      "/get nothing.csv",
                      "/get all " + kept,
                      "/get all " + kept,
                      "/get",
                      "/copy",
                      "/stats",
                      "/limits",
                      "/policy",
                      "/audit",
                      "/help get",
                      "/quit",
                      "never read"))
              .transcript();
      String oneLine = seen.replaceAll("\\s+", " ");
      for (String said :
          List.of(
              "There is no command /sttas. Did you mean /stats?",
              "/file needs a path",
              "There is no file " + folder + "/none.csv",
              "52 rows after the header",
              "There is no file nothing.csv here",
              "Saved " + kept + "/out.txt",
              "already exists; name another folder",
              "/get needs a name",
              "/copy needs a terminal",
              "Nothing limits you at the terminal.",
              "The audit record",
              "For example: /get report.csv")) {
        assertTrue(oneLine.contains(said), () -> said + " in " + seen);
      }
      assertFalse(seen.contains("Only administrators"), seen);
      assertFalse(seen.contains("never read"), seen);
      assertEquals("made", Files.readString(kept.resolve("out.txt")));
      assertEquals(List.of(), model.calls(), "none of it is a request");
    }
  }

  /** Saves a computation in a conversation of its own and runs it many times. */
  private TypedLines manyRuns(FakeModelServer model) throws Exception {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "/file employees.csv",
                "average salary by department, highest first",
                "/save many SINCE=1900-01-01",
                "yes"));
    lines.addAll(Collections.nCopies(TIMES, "many"));
    TypedLines typed = chat(model, lines);
    assertEquals(
        TIMES + 1,
        typed.transcript().split("Rows used: 50, skipped without a salary: 2", -1).length - 1);
    return typed;
  }

  /** How long it takes from the command that cancels an endless script to the reply. */
  private List<Duration> cancels(FakeModelServer model) throws Exception {
    List<Duration> took = new ArrayList<>();
    try (Assembly assembly = open(model)) {
      DirectClient client = assembly.client();
      ConversationId conversation = new ConversationId("terminal/cancelled");
      Person person = new Person("terminal/ada", "ada", Person.Role.ADMINISTRATOR);
      long patience = 3;
      for (int i = 0; took.size() < CANCELS; i++) {
        CountDownLatch running = new CountDownLatch(1);
        Incoming endless = words(conversation, person, i, "something endless");
        CompletableFuture<TurnResult> result =
            CompletableFuture.supplyAsync(
                () -> {
                  try {
                    return client
                        .ask(
                            endless,
                            event -> {
                              if (event.phase() == TurnEvent.Phase.EXECUTING) {
                                running.countDown();
                              }
                            })
                        .turn();
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                },
                ASKERS);
        assertTrue(running.await(2, TimeUnit.MINUTES), () -> "it never ran: " + result);
        TimeUnit.SECONDS.sleep(patience);
        long begun = System.nanoTime();
        assertTrue(client.cancel(conversation, person));
        TurnResult cancelled = result.get(60, TimeUnit.SECONDS);
        Duration ended = Duration.ofNanos(System.nanoTime() - begun);
        assertEquals(TurnStatus.CANCELLED, cancelled.status());
        if (cancelled.output().isEmpty() && patience < MOST_PATIENCE) {
          patience *= 2; // nothing tells when a script begins to print, and this machine is slow
          continue;
        }
        took.add(ended);
        assertEquals("begun\n", cancelled.output(), "what was printed until then is shown");
      }
    }
    return took;
  }

  private static Incoming words(ConversationId in, Person person, int number, String text) {
    return new Incoming(
        "terminal/cancelled-" + number,
        in,
        new Team("terminal", "this machine"),
        person,
        new Address("terminal", in.value(), in.value(), true),
        new Content.Text(text, false),
        List.of(),
        Instant.now());
  }

  private TypedLines chat(FakeModelServer model, List<String> lines) {
    List<String> placed =
        lines.stream().map(line -> line.replace("/file ", "/file " + folder + "/")).toList();
    TypedLines typed = new TypedLines(placed);
    Console console = new Console(typed, typed.out(), discarded(), false, false, false, 80, false);
    int code =
        new CommandLineRunner(
                (config, set) -> open(model, console),
                new SecretsFile(Path.of("no", "secrets")),
                console)
            .run("chat");
    assertEquals(0, code, typed::transcript);
    return typed;
  }

  private Assembly open(FakeModelServer model) throws Exception {
    return open(
        model,
        new Console(
            InputStream.nullInputStream(),
            discarded(),
            discarded(),
            false,
            false,
            false,
            80,
            false));
  }

  private Assembly open(FakeModelServer model, Console console) throws ConfigurationException {
    return Assembly.open(
        HOME,
        Optional.empty(),
        List.of(
            "model.base_url=" + model.url(),
            "model.name=m",
            "store.url=jdbc:sqlite:" + folder.resolve("words.db"),
            "sandbox.workers=1"),
        name -> null,
        console);
  }

  private static PrintStream discarded() {
    return new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
  }

  /** What the model says, by what it is asked last. */
  private static Answer play(Call call) {
    String asked = call.last("user");
    if (asked.contains("⟦output⟧")) {
      return Answer.text(
          """
          {"requirements": [{"requirement": "average salary by department", "kind": "measure",
          "quote": "department,people,", "mismatch": ""}]}\
          """);
    }
    if (asked.contains("endless")) {
      return Answer.text("```python\nprint('begun', flush=True)\nwhile True: pass\n```");
    }
    if (asked.contains("the median was meant")) {
      return Answer.text(
          AVERAGE
              .replace("average_eur", "median_eur")
              .replace("import csv\n", "import csv\nfrom statistics import median\n")
              .replace("{sum(values) / len(values):.2f}", "{median(values):.2f}"));
    }
    if (asked.contains("2020 or later")) {
      return Answer.text(AVERAGE.replace("1900-01-01", "2020-01-01"));
    }
    if (asked.contains("share of revenue")) {
      return Answer.text("ASK: Which file holds the revenue? Attach it, and I compute the shares.");
    }
    return Answer.text(AVERAGE);
  }

  private String page(String seen, List<Duration> hundred, List<Duration> cancels) {
    List<Duration> runs = hundred.subList(hundred.size() - TIMES, hundred.size());
    return """
    # Every command, on a real table

    A test typed these lines into `reckon chat` (`CommandsIT`, with `-Dreckon.docs=write`). Engine, store and
    sandbox are real; the model's replies are scripted. In Slack the same commands follow `/reckon`, in Telegram
    a slash.

    A saved computation was then run %d times without a call of a model: %s from the line to the answer
    (p50), %s (p95). A script that never ends was cancelled %d times: %s from the command to the reply that
    shows what was printed until then (p50), %s at most. Measured on %d processors.

    ```
    %s
    ```
    """
        .formatted(
            TIMES,
            ms(runs, 0.5),
            ms(runs, 0.95),
            CANCELS,
            ms(cancels, 0.5),
            ms(cancels, 1),
            Runtime.getRuntime().availableProcessors(),
            seen.replace(folder + "/", "").strip());
  }

  private static String ms(List<Duration> durations, double share) {
    List<Duration> sorted = durations.stream().sorted().toList();
    int at = Math.clamp((int) Math.ceil(share * sorted.size()) - 1, 0, sorted.size() - 1);
    return String.format(Locale.ROOT, "%d ms", sorted.get(at).toMillis());
  }
}

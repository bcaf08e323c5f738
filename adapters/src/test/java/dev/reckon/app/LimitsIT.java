package dev.reckon.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.adapters.cli.CommandLineRunner;
import dev.reckon.adapters.cli.Console;
import dev.reckon.adapters.config.SecretsFile;
import dev.reckon.core.message.Address;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Team;
import dev.reckon.core.policy.AdmissionRequest;
import dev.reckon.core.policy.Decision;
import dev.reckon.core.policy.Gatekeeper;
import dev.reckon.core.policy.Ledger;
import dev.reckon.core.policy.LocalAdmissionState;
import dev.reckon.core.policy.Policy;
import dev.reckon.core.policy.PolicyKey;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reaches every limit and records what a person sees: scripts and files at the terminal under tight
 * settings, and rates and budgets when a request is admitted. With {@code -Dreckon.docs=write} it
 * becomes {@code docs/limits.md}. Needs a worker.
 */
class LimitsIT {
  /** What is typed, and words that the answer must have. */
  private static final Map<String, String> TYPED = new LinkedHashMap<>();

  static {
    TYPED.put("/run print('no limit is reached')", "no limit is reached");
    TYPED.put("/run print('begun', flush=True); import time; time.sleep(60)", "longer than 10 s");
    TYPED.put("/run while True: pass", "processor time");
    TYPED.put("/run x = [bytearray(10**7) for _ in range(1000)]", "MiB of memory");
    TYPED.put("/run for i in range(10**6): print('a' * 1000)", "printed more than");
    TYPED.put("/run open('big', 'wb').write(b'x' * 5_000_000)", "No space left");
    TYPED.put("/run [open(f'f{i}', 'w').close() for i in range(100)]", "No space left");
    TYPED.put("/run input('How many? ')", "nobody is at a keyboard");
    TYPED.put("/run import sys; sys.exit('nothing to do')", "nothing to do");
    TYPED.put("/run import threading; threading.Thread(target=print).start()", "starting a thread");
    TYPED.put("/run import socket; socket.socket()", "import of socket is not allowed here");
    TYPED.put("/run import os; os.remove('x')", "not allowed here");
    TYPED.put("/run import numpy", "does not exist in this sandbox");
    TYPED.put("average of " + "1, ".repeat(200), "a request may have 300 (turn.max_request_chars)");
    TYPED.put("/file large.csv", "is too large: at most 1.0 MB fit");
    TYPED.put("/file nowhere.csv", "There is no file");
    TYPED.put("/save again", "cannot be a name");
    TYPED.put("/drop nothing.csv", "nothing.csv");
  }

  @TempDir private Path folder;

  @Test
  void whatAPersonReadsAtEveryLimit() throws Exception {
    Files.writeString(folder.resolve("large.csv"), "x\n".repeat(1_500_000));
    TypedLines typed =
        new TypedLines(
            TYPED.keySet().stream()
                .map(line -> line.replace("/file ", "/file " + folder + "/"))
                .toList());
    PrintStream nowhere =
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    Console console = new Console(typed, typed.out(), nowhere, false, false, false, 100, false);
    List<String> settings =
        List.of(
            "store.url=jdbc:sqlite:" + folder.resolve("limits.db"),
            "sandbox.engine=graalpy",
            "sandbox.seconds=10",
            "sandbox.cpu_seconds=1",
            "sandbox.heap_mib=256",
            "sandbox.output_kib=1",
            "sandbox.output_flood_mib=1",
            "sandbox.files_mib=1",
            "sandbox.file_count=5",
            "turn.max_request_chars=300");
    int code =
        new CommandLineRunner(
                (config, set) ->
                    Assembly.open(
                        StartedReckon.HOME, Optional.empty(), settings, name -> null, console),
                new SecretsFile(Path.of("no", "secrets")),
                console)
            .run("chat");
    assertEquals(0, code);
    String[] answers = typed.transcript().split("(?m)^› ", -1);
    int number = 1;
    for (Map.Entry<String, String> each : TYPED.entrySet()) {
      String answer = answers[number++].replaceAll("\\s+", " ");
      assertTrue(answer.contains(each.getValue()), () -> each.getKey() + " → " + answer);
    }
    List<String> refusals = refusals();
    if ("write".equals(System.getProperty("reckon.docs"))) {
      Files.writeString(
          StartedReckon.HOME.resolve("docs/limits.md"),
          page(typed.transcript().replace(folder + "/", ""), refusals));
    }
  }

  private static final Instant NOW = Instant.parse("2026-11-24T14:03:00Z");

  /** What people are told at the door, each reached under a policy of its own. */
  private static List<String> refusals() {
    Map<PolicyKey, String> none = Map.of();
    return List.of(
        told("asked too often", Map.of(PolicyKey.PERSON_PER_MINUTE, "1"), 0, 1),
        told("the team has", Map.of(PolicyKey.TEAM_PER_MINUTE, "1"), 0, 1),
        told("one turn at a time", none, 0, -1),
        told("four fifths of a day's money", none, 1.7, 0),
        told("a day's money is used up", none, 2.0, 0),
        told("a day's runs are used up", Map.of(PolicyKey.PERSON_DAY_RUNS, "1"), 0.1, 0),
        told("blocked", Map.of(PolicyKey.BLOCKED, "slack/T1/ADA"), 0, 0),
        told("not listed", Map.of(PolicyKey.PEOPLE, "slack/T1/BOB"), 0, 0),
        told("saved computations only", Map.of(PolicyKey.SAVED_ONLY, "slack/T1/ADA"), 0, 0),
        told("another channel", Map.of(PolicyKey.CHANNELS, "C9"), 0, 0));
  }

  /**
   * One sentence with what it is about.
   *
   * @param spent of a day's money, in US dollars
   * @param before requests that were made before; -1 for one that still runs
   */
  private static String told(String about, Map<PolicyKey, String> keys, double spent, int before) {
    Policy policy = Policy.STANDARD;
    for (Map.Entry<PolicyKey, String> key : keys.entrySet()) {
      policy = policy.with(key.getKey(), key.getValue());
    }
    Policy fixed = policy;
    Ledger ledger =
        (owner, id, since) -> new Ledger.Spent(spent > 0 ? 1 : 0, spent > 0 ? spent : 0);
    Gatekeeper door =
        new Gatekeeper(
            () -> fixed,
            ledger,
            new LocalAdmissionState(InstantSource.fixed(NOW)),
            InstantSource.fixed(NOW));
    for (int i = 0; i < Math.abs(before); i++) {
      door.admit(asking("before" + i));
      if (before > 0) {
        door.finished("before" + i);
      }
    }
    String words =
        switch (door.admit(asking("now"))) {
          case Decision.Refused refused -> refused.sentence();
          case Decision.Queued(Optional<String> notice) -> notice.orElseThrow();
          case Decision.Admitted(Double ceiling, List<String> notices, boolean again) ->
              String.join(" ", notices);
        };
    assertTrue(!words.isBlank(), about);
    return "| " + about + " | " + words + " |";
  }

  private static AdmissionRequest asking(String delivery) {
    return new AdmissionRequest(
        delivery,
        new ConversationId("slack/T1/C1/" + delivery),
        new Team("slack/T1", "Acme"),
        new Person("slack/T1/ADA", "Ada", Person.Role.MEMBER),
        new Address("slack", "C1/" + delivery, "C1", false),
        AdmissionRequest.Kind.REQUEST);
  }

  private static String page(String transcript, List<String> refusals) {
    return """
    # What you see when a limit is reached

    A test (`LimitsIT`, with `-Dreckon.docs=write`) reached each of these limits and recorded the replies.

    ## Permissions, rates and budgets

    Each reply says when to try again, or whom to ask. The settings are under `[policy]`.

    | | |
    |---|---|
    %s

    ## Scripts, requests and files

    Typed into `reckon chat` with tight settings: 10 s, 1 s of processor time, 1 KiB of kept output and at most 1 MiB in all,
    1 MiB in 5 files, requests of 300 characters.

    ```
    %s
    ```
    """
        .formatted(String.join("\n", refusals), transcript.strip());
  }
}

package dev.reckon.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.adapters.cli.CommandLineRunner;
import dev.reckon.adapters.cli.Console;
import dev.reckon.adapters.config.SecretsFile;
import dev.reckon.core.message.Address;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Team;
import dev.reckon.core.store.TurnKind;
import dev.reckon.core.store.jdbi.JdbiStore;
import dev.reckon.core.turn.TurnResult;
import dev.reckon.core.turn.TurnStatus;
import dev.reckon.core.turn.Usage;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands for whoever runs Reckon, as they are typed, on a store that another connection uses.
 */
class StoreCommandsTest {
  private static final Person ADA = new Person("slack/T1/ADA", "Ada", Person.Role.MEMBER);

  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void aStoreInUseIsBackedUpChangedAndRestored() {
    try (JdbiStore store = open()) {
      answered(store, "before");
      assertEquals(0, run("backup"), err::toString);
      answered(store, "after");
    }
    Path copy = Path.of(out.toString(StandardCharsets.UTF_8).strip());
    assertTrue(Files.isRegularFile(copy), copy::toString);
    assertTrue(copy.startsWith(folder.resolve("data/backups")), copy::toString);
    assertEquals(0, run("restore", copy.toString()), err::toString);
    assertTrue(err.toString(StandardCharsets.UTF_8).contains("before-restore-"));
    try (JdbiStore store = open()) {
      assertEquals(
          List.of("before"),
          store.turns().recent(new ConversationId("c1"), 9).stream()
              .map(turn -> turn.request())
              .toList());
    }
  }

  @Test
  void restoringUnderARunningProgramIsRefusedInWords() throws Exception {
    Path copy = folder.resolve("copy.db");
    try (JdbiStore store = open();
        AutoCloseable lock = store.lockInstance(() -> {})) {
      assertEquals(0, run("backup", copy.toString()), () -> "locked by " + lock);
      assertEquals(2, run("restore", copy.toString()));
    }
    assertTrue(
        err.toString(StandardCharsets.UTF_8).contains("Another `reckon start` already uses"),
        err::toString);
  }

  @Test
  void statisticsAndExportAndForgettingWorkFromTheTerminal() throws Exception {
    try (JdbiStore store = open()) {
      answered(store, "secret-sums");
    }
    assertEquals(0, run("stats"));
    String table = out.toString(StandardCharsets.UTF_8);
    assertTrue(table.contains("Ada slack/T1/ADA"), table);
    assertTrue(table.contains("100 %"), table);
    Path zip = folder.resolve("ada.zip");
    assertEquals(0, run("export", zip.toString(), "--person", ADA.id()), err::toString);
    assertTrue(Files.size(zip) > 500);
    assertEquals(2, run("export", zip.toString()));
    assertEquals(2, run("forget", ADA.id()));
    assertEquals(0, run("forget", ADA.id(), "--yes"), err::toString);
    try (JdbiStore store = open()) {
      assertEquals(List.of(), store.turns().recent(new ConversationId("c1"), 9));
    }
  }

  /** Tokens are in the service's environment, which a command beside it does not have. */
  @Test
  void whatServesNobodyNeedsNoTokens() {
    open().close();
    assertEquals(0, run("backup", "--set", "telegram.enabled=true"), err::toString);
    assertEquals(2, run("start", "--set", "telegram.enabled=true"));
    assertTrue(err.toString(StandardCharsets.UTF_8).contains("telegram.token"), err::toString);
  }

  @Test
  void whereNothingIsKeptNothingIsMade() {
    assertEquals(2, run("stats"));
    assertTrue(
        err.toString(StandardCharsets.UTF_8).contains("There is no database at"), err::toString);
    assertFalse(Files.exists(folder.resolve("data")));
    assertEquals(2, run("restore", folder.resolve("nothing.db").toString()));
  }

  private int run(String... words) {
    out.reset();
    Console console =
        new Console(
            InputStream.nullInputStream(),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            false,
            false,
            100,
            false);
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--set", "store.url=jdbc:sqlite:" + folder.resolve("data/reckon.db")));
    return new CommandLineRunner(
            (config, set) -> Assembly.open(folder, config, set, name -> null, console),
            new SecretsFile(folder.resolve("secrets")),
            console)
        .run(all.toArray(String[]::new));
  }

  private JdbiStore open() {
    return JdbiStore.open("jdbc:sqlite:" + folder.resolve("data/reckon.db"), Clock.systemUTC());
  }

  private static void answered(JdbiStore store, String words) {
    Incoming incoming =
        new Incoming(
            words,
            new ConversationId("c1"),
            new Team("slack/T1", "Acme"),
            ADA,
            new Address("slack", "c1", "C1", false),
            new Content.Text(words, false),
            List.of(),
            Instant.EPOCH);
    long seq = store.deliveries().add(incoming).orElseThrow();
    long turn =
        store
            .turns()
            .begin(incoming.conversation(), OptionalLong.of(seq), ADA, TurnKind.REQUEST, words)
            .id();
    store
        .turns()
        .finish(
            new TurnResult(
                turn,
                TurnStatus.VERIFIED,
                "",
                "",
                "print(1)",
                List.of(),
                List.of(),
                null,
                List.of(),
                Usage.NONE,
                Duration.ofSeconds(1)));
    store.deliveries().handled(seq);
  }
}

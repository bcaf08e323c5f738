package dev.reckon.core.store.jdbi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.store.Installations;
import dev.reckon.core.store.Installations.Installation;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Workspaces that installed the app themselves. */
@ParameterizedClass
@EnumSource
class JdbiInstallationsTest {
  private static final Instant MONDAY = Instant.parse("2026-11-23T10:00:00Z");

  @Parameter TestDatabase database = TestDatabase.SQLITE;
  @TempDir Path folder;
  private JdbiStore store;

  @BeforeEach
  void open() {
    store = JdbiStore.open(database.fresh(folder), Clock.systemUTC());
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Installations installations() {
    return store.installations();
  }

  private Installation install(String id, String sealed) {
    return installations().install(new Installation(id, "{}", sealed, MONDAY, 0));
  }

  @Test
  void installingAgainReplacesTheTokens() {
    assertEquals(1, install("slack/T1", "old").version());
    Installation again = install("slack/T1", "new");
    assertEquals(2, again.version());
    assertEquals(Optional.of(again), installations().find("slack/T1"));
    install("slack/E2", "other");
    install("slackish/T3", "of something else");
    assertEquals(
        List.of("slack/E2", "slack/T1"),
        installations().all("slack").stream().map(Installation::id).toList());
  }

  @Test
  void tokensOfAnotherProcessAreNotOverwritten() {
    long version = install("slack/T1", "first").version();
    assertTrue(installations().replaceTokens("slack/T1", version, "second"));
    assertFalse(installations().replaceTokens("slack/T1", version, "late"));
    assertEquals("second", installations().find("slack/T1").orElseThrow().sealed());
  }

  @Test
  void aRemovalThatIsOlderThanTheInstallationChangesNothing() {
    install("slack/T1", "new");
    assertFalse(installations().remove("slack/T1", MONDAY.minusSeconds(1)));
    assertTrue(installations().find("slack/T1").isPresent());
    assertTrue(installations().remove("slack/T1", MONDAY.plusSeconds(1)));
    assertFalse(installations().remove("slack/T1", MONDAY.plusSeconds(1)));
  }

  @Test
  void teamsAreServedUntilTheInstallationIsGone() {
    install("slack/E1", "org");
    install("slack/T2", "own");
    installations().serve("slack/T1", "slack/E1");
    installations().serve("slack/T2", "slack/E1");
    installations().serve("slack/T2", "slack/T2");
    installations().serve("slack/T3", "slack/E9");
    assertEquals(Optional.of("slack/E1"), installations().serving("slack/T1"));
    assertEquals(Optional.of("slack/T2"), installations().serving("slack/T2"));
    assertEquals(Optional.empty(), installations().serving("slack/T3"));
    assertEquals(Set.of("slack/T1"), installations().served("slack/E1"));
    installations().leave("slack/T2", "slack/E1");
    assertEquals(Optional.of("slack/T2"), installations().serving("slack/T2"));
    installations().remove("slack/E1", MONDAY);
    assertEquals(Optional.empty(), installations().serving("slack/T1"));
    assertEquals(Set.of(), installations().served("slack/E1"));
  }
}

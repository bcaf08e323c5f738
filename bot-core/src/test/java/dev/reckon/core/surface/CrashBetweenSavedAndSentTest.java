package dev.reckon.core.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reckon.core.loop.Backoff;
import dev.reckon.core.message.Reply;
import dev.reckon.core.store.Outbox.Draft;
import dev.reckon.core.store.TurnKind;
import dev.reckon.core.store.jdbi.JdbiStore;
import dev.reckon.core.store.jdbi.Samples;
import dev.reckon.core.surface.FakeSurface.Fate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The process dies somewhere between a reply that is saved and a reply that is sent, and the next
 * one opens the same database. Counts what people then read: no answer is ever lost, an edit never
 * doubles, a new message doubles in the one place where nobody can know whether it arrived.
 */
class CrashBetweenSavedAndSentTest {
  @TempDir Path folder;
  private final SettableClock clock = new SettableClock();
  private final FakeSurface surface = new FakeSurface();

  private JdbiStore open() {
    return JdbiStore.open("jdbc:sqlite:" + folder.resolve("reckon.db"), clock);
  }

  private Dispatcher dispatcher(JdbiStore store) {
    return new Dispatcher(
        surface,
        store.outbox(),
        "a replica",
        () -> 1,
        store,
        id -> Optional.empty(),
        clock,
        Backoff.DEFAULT,
        Runnable::run);
  }

  @ParameterizedTest
  @CsvSource({
    "true, CRASH_BEFORE, 1",
    "true, CRASH_AFTER, 1",
    "true, CRASH_AFTER_RECEIPT, 1",
    "false, CRASH_BEFORE, 1",
    "false, CRASH_AFTER, 2",
    "false, CRASH_AFTER_RECEIPT, 1",
  })
  void answersAreReadOnceButForThePostThatNobodyCouldNote(boolean edit, Fate fate, int answers) {
    try (JdbiStore store = open()) {
      long seq = store.deliveries().add(Samples.words("1", "request")).orElseThrow();
      long turn =
          store
              .turns()
              .begin(Samples.TALK, OptionalLong.of(seq), Samples.ADA, TurnKind.REQUEST, "request")
              .id();
      Dispatcher dispatcher = dispatcher(store);
      if (edit) {
        dispatcher.progress(Samples.TALK, Samples.words("1", "").address(), reply(turn, "working"));
        clock.advance(Duration.ofSeconds(1));
        dispatcher.dispatch();
      }
      store
          .outbox()
          .add(
              new Draft(
                  Samples.TALK,
                  Samples.words("1", "").address(),
                  reply(turn, "the answer"),
                  Samples.ADA,
                  clock.instant()));
      surface.next(fate);
      // Nothing of what was under way is noted, as after the end of the process.
      dispatcher.dispatch();
    }
    clock.advance(Duration.ofMinutes(10));
    try (JdbiStore store = open()) {
      Dispatcher dispatcher = dispatcher(store);
      dispatcher.dispatch();
      dispatcher.dispatch();
      assertEquals(0, store.backlog().replies());
    }
    assertEquals("crash", surface.calls.get(edit ? 2 : 1));
    assertEquals(
        answers,
        surface.headlines().stream().filter(headline -> headline.equals("the answer")).count());
  }

  private static Reply reply(long turn, String headline) {
    return new Reply(turn, Reply.Kind.VERIFIED, headline, List.of(), List.of());
  }
}

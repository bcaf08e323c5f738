package dev.reckon.adapters.telegram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.command.Interpretation;
import dev.reckon.core.command.Interpreter;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Reply;
import dev.reckon.core.model.ScriptedModel;
import dev.reckon.sandbox.Environment;
import dev.reckon.sandbox.Inspection;
import dev.reckon.sandbox.PoolStatus;
import dev.reckon.sandbox.RunResult;
import dev.reckon.sandbox.Sandbox;
import dev.reckon.sandbox.Script;
import dev.reckon.testing.Until;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Many chats over a line that is in trouble of one kind or of all, with the real adapter, inbox,
 * outbox and store, and answers that need no turn. Counts what comes in, goes out, is lost and is
 * doubled. {@code -Dtrouble.full=true} sends ten times as much, and writes the figures to
 * docs/telegram-trouble.md.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TroubledLineTest {
  private static final boolean FULL = Boolean.getBoolean("trouble.full");
  private static final int CHATS = FULL ? 20 : 12;
  private static final int EACH = FULL ? 25 : 4;

  /** What goes wrong with the line. */
  enum Kind {
    NONE("nothing"),
    SERVER_ERRORS("Telegram answers 502 to a send"),
    RATE_LIMITS("Telegram answers 429, to come again after a second"),
    CUT_BEFORE("the connection is cut before Telegram has the message"),
    CUT_AFTER("the connection is cut after Telegram has posted the message"),
    FETCHES_CUT("the connection is cut while updates are fetched"),
    DEAD_FOR_MINUTES("no connection for half an hour, by a clock that is put forward"),
    RESTARTS("the program is ended at once, and started again"),
    EVERYTHING("all of these in turn");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  /**
   * One kind's figures.
   *
   * @param troubles how often it went wrong
   * @param cutAfter how many sends were carried out and not confirmed
   */
  private record Figures(
      Kind kind, int troubles, int cutAfter, int in, int out, int lost, int doubled) {
    String row() {
      return "| %s | %d | %d | %d | %d | %d |"
          .formatted(kind.words, troubles, in, out, lost, doubled);
    }
  }

  private final List<Figures> all = new ArrayList<>();

  @ParameterizedTest
  @EnumSource
  void nothingIsLostAndOnlyWhatTelegramPostedUnconfirmedIsDoubled(Kind kind, @TempDir Path folder)
      throws Exception {
    Figures figures = new Line(kind, folder).run();
    all.add(figures);
    assertEquals(0, figures.lost());
    assertTrue(figures.doubled() <= figures.cutAfter(), figures.toString());
    assertTrue(kind == Kind.NONE || figures.troubles() > 0, "it was in trouble");
  }

  @AfterAll
  void write() throws IOException {
    if (FULL) {
      Files.writeString(
          Path.of(System.getProperty("reckon.root")).resolve("docs/telegram-trouble.md"),
          """
          # Telegram over a line in trouble

          Measured on %s, on a machine with %d processors and Java %s, by TroubledLineTest with
          `-Dtrouble.full=true`: %d chats, %d messages each, each answered at once, against a Bot API
          server on the same machine. Every row is a run of its own. "In trouble" counts the answers,
          connections or processes that failed; "doubled" the replies that people see twice.

          | What happens | in trouble | updates in | replies out | lost | doubled |
          |---|---|---|---|---|---|
          %s

          A send that Telegram has carried out and could not confirm is sent again: nothing in the Bot
          API tells whether it was. An answer that takes the place of its progress is an edit, and
          edits do not double.
          """
              .formatted(
                  LocalDate.now(ZoneOffset.UTC),
                  Runtime.getRuntime().availableProcessors(),
                  Runtime.version().feature(),
                  CHATS,
                  EACH,
                  all.stream().map(Figures::row).collect(Collectors.joining("\n"))));
    }
  }

  /** One run. */
  private static final class Line {
    private static final List<Kind> OF_SENDS =
        List.of(Kind.SERVER_ERRORS, Kind.RATE_LIMITS, Kind.CUT_BEFORE, Kind.CUT_AFTER);

    private final Kind trouble;
    private final Path folder;
    private final Random random = new Random(7);
    private final ForwardClock clock = new ForwardClock();
    private int troubles;
    private int cutAfter;

    Line(Kind kind, Path folder) {
      this.trouble = kind;
      this.folder = folder;
    }

    Figures run() throws Exception {
      try (FakeTelegram telegram = new FakeTelegram()) {
        List<Long> chats = LongStream.rangeClosed(1, CHATS).boxed().toList();
        chats.forEach(telegram::chat);
        StoryWorld world = open(telegram);
        for (int round = 0; round < EACH; round++) {
          for (long chat : chats) {
            telegram.queue(People.text(chat, chat, round, "message %02d".formatted(round)));
            if (random.nextInt(8) == 0) {
              sendsFail(telegram);
            }
          }
          if (round % 4 == 1 && trouble(Kind.FETCHES_CUT)) {
            telegram.fail("getupdates", round % 8 == 1 ? 0 : -1, "cut");
            troubles++;
          }
          if (round % 12 == 2 && trouble(Kind.DEAD_FOR_MINUTES)) {
            deadForMinutes(telegram, world);
          }
          if (round % 4 == 3 && trouble(Kind.RESTARTS)) {
            telegram.down(true);
            world.close();
            telegram.down(false);
            world = open(telegram);
            // What was on its way when the line went down may have been posted.
            cutAfter += CHATS;
            troubles++;
          }
        }
        while (trouble(Kind.DEAD_FOR_MINUTES) && !world.settled()) {
          // What has failed that often waits for minutes.
          Thread.sleep(1000);
          clock.forward(Duration.ofMinutes(5));
        }
        world.settle();
        world.close();
        return count(telegram, chats);
      }
    }

    private StoryWorld open(FakeTelegram telegram) {
      return new StoryWorld(
          telegram, folder, ScriptedModel.of(), new NoSandbox(), clock, core -> new Echo());
    }

    private boolean trouble(Kind kind) {
      return trouble == kind || trouble == Kind.EVERYTHING;
    }

    private void sendsFail(FakeTelegram telegram) {
      Kind kind =
          trouble == Kind.EVERYTHING ? OF_SENDS.get(random.nextInt(OF_SENDS.size())) : trouble;
      switch (kind) {
        case SERVER_ERRORS -> telegram.fail("sendmessage", 502, "Bad Gateway");
        case RATE_LIMITS ->
            telegram.fail(
                "sendmessage",
                429,
                "Too Many Requests: retry after 1",
                TelegramJson.object().put("retry_after", 1));
        case CUT_BEFORE -> telegram.fail("sendmessage", -1, "cut");
        case CUT_AFTER -> {
          telegram.fail("sendmessage", 0, "cut");
          cutAfter++;
        }
        default -> {
          return;
        }
      }
      troubles++;
    }

    private void deadForMinutes(FakeTelegram telegram, StoryWorld world) throws Exception {
      Until.holds("something to send", () -> world.unsent() > 0 || telegram.waiting() == 0);
      telegram.down(true);
      // What was on its way when the line went down may have been posted.
      cutAfter += CHATS;
      for (int i = 0; i < 6; i++) {
        clock.forward(Duration.ofMinutes(5));
        Thread.sleep(100);
      }
      telegram.down(false);
      clock.forward(Duration.ofMinutes(5));
      troubles++;
    }

    private Figures count(FakeTelegram telegram, List<Long> chats) {
      int out = 0;
      int answered = 0;
      for (long chat : chats) {
        List<String> texts = telegram.chat(chat).texts();
        List<String> once = texts.stream().distinct().toList();
        assertEquals(once.stream().sorted().toList(), once, "in order");
        out += texts.size();
        answered += once.size();
      }
      int in = CHATS * EACH;
      return new Figures(trouble, troubles, cutAfter, in, out, in - answered, out - answered);
    }
  }

  /** Says everything back. */
  private static final class Echo implements Interpreter {
    @Override
    public Interpretation interpret(Incoming incoming, List<String> attached) {
      return incoming.content() instanceof Content.Text words
          ? new Interpretation.Say(Reply.notice("answer to " + words.text()))
          : new Interpretation.Silence();
    }

    @Override
    public boolean cancels(Incoming incoming) {
      return false;
    }
  }

  /** No turn is run here. */
  private static final class NoSandbox implements Sandbox {
    @Override
    public CompletableFuture<RunResult> submit(Script script) {
      return CompletableFuture.failedFuture(new IOException("no sandbox here"));
    }

    @Override
    public void stop(Script script) {}

    @Override
    public CompletableFuture<Inspection> inspect(String source) {
      return CompletableFuture.failedFuture(new IOException("no sandbox here"));
    }

    @Override
    public CompletableFuture<Environment> environment() {
      return CompletableFuture.failedFuture(new IOException("no sandbox here"));
    }

    @Override
    public PoolStatus status() {
      throw new UnsupportedOperationException("no sandbox here");
    }

    @Override
    public void close() {}
  }
}

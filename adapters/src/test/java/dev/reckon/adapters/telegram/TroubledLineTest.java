package dev.reckon.adapters.telegram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.command.Interpreter;
import dev.reckon.core.command.Outcome;
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
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many chats over a line that is cut, answers with errors and dies for a while, with restarts in
 * between: the real adapter, inbox, outbox and store, and answers that need no turn.
 */
class TroubledLineTest {
  private static final int CHATS = 20;
  private static final int EACH = 10;

  @TempDir Path folder;

  private StoryWorld open(FakeTelegram telegram) {
    return new StoryWorld(
        telegram, folder, ScriptedModel.of(), new NoSandbox(), (store, files) -> new Echo());
  }

  @Test
  void nothingIsLostAndOnlyWhatWasCutAfterSendingIsDoubled() throws Exception {
    Random random = new Random(7);
    try (FakeTelegram telegram = new FakeTelegram()) {
      List<Long> chats = new ArrayList<>();
      for (long chat = 1; chat <= CHATS; chat++) {
        telegram.chat(chat);
        chats.add(chat);
      }
      int cutAfter = 0;
      int restarts = 0;
      StoryWorld world = open(telegram);
      for (int round = 0; round < EACH; round++) {
        for (long chat : chats) {
          telegram.queue(People.text(chat, chat, round, "message " + round));
          cutAfter += trouble(telegram, random);
        }
        if (round % 4 == 1) {
          telegram.fail("getupdates", round % 8 == 1 ? 0 : -1, "cut");
        }
        if (round % 4 == 3) {
          telegram.down(true);
          world.close();
          telegram.down(false);
          world = open(telegram);
          restarts++;
        }
      }
      StoryWorld last = world;
      RecordingInbox.until(
          "everybody has an answer to everything",
          () -> chats.stream().allMatch(chat -> answers(telegram, chat).size() >= EACH));
      RecordingInbox.until("all sent", () -> last.unsent() == 0);
      RecordingInbox.until("all confirmed", () -> telegram.waiting() == 0);
      world.close();
      int sent = 0;
      for (long chat : chats) {
        sent += telegram.chat(chat).texts().size();
        assertEquals(
            new ArrayList<>(answers(telegram, chat)).stream().sorted().toList(),
            List.copyOf(firsts(telegram.chat(chat).texts())),
            "in order");
      }
      int doubled = sent - CHATS * EACH;
      System.err.printf(
          "updates in %d, replies out %d, lost 0, doubled %d; lines cut after a send %d, restarts"
              + " %d%n",
          CHATS * EACH, sent, doubled, cutAfter, restarts);
      assertTrue(doubled >= 0 && doubled <= cutAfter + restarts * CHATS, doubled + " doubled");
    }
  }

  /** Returns how many sends will be cut after they were carried out. */
  private static int trouble(FakeTelegram telegram, Random random) {
    switch (random.nextInt(20)) {
      case 0 -> telegram.fail("sendmessage", -1, "cut before");
      case 1 -> {
        telegram.fail("sendmessage", 0, "cut after");
        return 1;
      }
      case 2 -> telegram.fail("sendmessage", 502, "Bad Gateway");
      default -> {
        return 0;
      }
    }
    return 0;
  }

  private static Set<String> answers(FakeTelegram telegram, long chat) {
    return new HashSet<>(telegram.chat(chat).texts());
  }

  /** Each text once, where it came first. */
  private static List<String> firsts(List<String> texts) {
    return texts.stream().distinct().toList();
  }

  /** Says everything back. */
  private static final class Echo implements Interpreter {
    @Override
    public Outcome interpret(Incoming incoming, List<String> attached) {
      return incoming.content() instanceof Content.Words words
          ? new Outcome.Say(Reply.notice("answer to " + words.text()))
          : new Outcome.Silence();
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

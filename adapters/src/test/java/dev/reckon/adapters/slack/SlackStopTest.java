package dev.reckon.adapters.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.reckon.sandbox.Environment;
import dev.reckon.sandbox.Inspection;
import dev.reckon.sandbox.PoolStatus;
import dev.reckon.sandbox.RunResult;
import dev.reckon.sandbox.Sandbox;
import dev.reckon.sandbox.Script;
import dev.reckon.testing.Until;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Slack's stop button with the real core, and a sandbox in which nothing ends by itself. */
class SlackStopTest {
  @TempDir Path folder;

  /** Takes everything, and answers nothing. */
  private static final class BusySandbox implements Sandbox {
    @Override
    public CompletableFuture<RunResult> submit(Script script) {
      return new CompletableFuture<>();
    }

    @Override
    public void stop(Script script) {}

    @Override
    public CompletableFuture<Inspection> inspect(String source) {
      return new CompletableFuture<>();
    }

    @Override
    public CompletableFuture<Environment> environment() {
      return CompletableFuture.completedFuture(
          new Environment("3.12.8", List.of("math"), List.of(), List.of(), List.of()));
    }

    @Override
    public PoolStatus status() {
      return new PoolStatus(1, 0, 1, 0, 0, 0, 0, 0);
    }

    @Override
    public void close() {}
  }

  @Test
  void theButtonEndsWhatRunsInItsThread() throws Exception {
    try (StoryStage stage = new StoryStage(folder, new BusySandbox())) {
      stage.model.code("count for ever", "while True: pass");
      stage.command("C1", "U1", "count for ever");
      FakeMessage working = stage.shows("C1", "[ ");
      stage.event(stage.slack.streams.stopButton(working, "U2"));
      assertFalse(working.shown().contains(":black_square_for_stop:"), "it is not theirs");
      stage.event(stage.slack.streams.stopButton(working, "U1"));
      assertEquals(working.ts, stage.shows("C1", ":black_square_for_stop:").ts);
      Until.holds(
          "no thread is shown as at work",
          () -> !stage.slack.streams.sessions.containsValue("processing"));
      assertEquals(List.of(), stage.slack.mistakes());
    }
  }
}

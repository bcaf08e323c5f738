package dev.reckon.adapters.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reckon.app.BuiltSandbox;
import dev.reckon.sandbox.pool.WarmPool;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * A stage for each test, on one sandbox for all of a class. At the end of a test Slack must have
 * been asked nothing that it refuses, and the model nothing that was not in its script.
 */
abstract class StagedTest {
  static WarmPool sandbox;

  @TempDir Path folder;
  StoryStage stage;

  @BeforeAll
  static void openSandbox() throws Exception {
    sandbox = BuiltSandbox.open(2);
    sandbox.environment().get(5, TimeUnit.MINUTES);
  }

  @AfterAll
  static void closeSandbox() {
    sandbox.close();
  }

  @BeforeEach
  void open() {
    stage = new StoryStage(folder, sandbox);
  }

  @AfterEach
  void close() {
    stage.close();
    assertEquals(List.of(), stage.slack.mistakes());
    assertEquals(List.of(), stage.model.unexpected);
  }
}

package dev.reckon.adapters.cli;

import dev.reckon.adapters.setup.Dialogue;
import dev.reckon.core.engine.Agent;
import dev.reckon.core.engine.TurnFiles;
import dev.reckon.core.model.LanguageModel;
import dev.reckon.core.turn.TurnSettings;
import dev.reckon.sandbox.Sandbox;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** What commands need of the assembled program. Each part comes up when it is first asked for. */
public interface Program extends AutoCloseable {
  /** What turns and scripts run under. */
  TurnSettings turnSettings();

  /** The most characters of a request. */
  int longestRequest();

  /** Why no model can be asked, in words for the person, or empty. */
  Optional<String> modelMissing();

  /**
   * The sandbox; says on standard error what it prepares, where that takes time.
   *
   * @param workers how many, or as configured
   */
  Sandbox sandbox(OptionalInt workers);

  /** The engine, asking the configured model. */
  Agent agent();

  /** The engine on the same store and sandbox, asking another model. */
  Agent agent(LanguageModel model);

  /** The content of files that turns left. */
  TurnFiles files();

  /** Looks at every part and tells what it finds, one part after another. */
  void examine(Consumer<Finding> found);

  /** What can be done with the store from outside. */
  Keeping keeping();

  /** Guides through setting up Slack; whether it works in the end. */
  boolean setUpSlack(Dialogue dialogue) throws IOException;

  /** Guides through setting up Telegram; whether it works in the end. */
  boolean setUpTelegram(Dialogue dialogue) throws InterruptedException;

  @Override
  void close();
}

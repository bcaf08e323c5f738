package dev.reckon.adapters.cli;

import dev.reckon.adapters.config.ConfigurationException;
import dev.reckon.adapters.mcp.ToolServer;
import dev.reckon.adapters.setup.Guide;
import dev.reckon.adapters.tools.ToolCaller;
import dev.reckon.core.command.RequestLimit;
import dev.reckon.core.delivery.DirectClient;
import dev.reckon.core.files.FileImporter;
import dev.reckon.core.model.LanguageModel;
import dev.reckon.core.turn.TurnSettings;
import dev.reckon.core.turn.effect.TurnFiles;
import dev.reckon.sandbox.Sandbox;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** The parts of the program that commands use. Each starts when it is first requested. */
public interface Program extends AutoCloseable {
  /** What turns and scripts run under. */
  TurnSettings turnSettings();

  /** How long a request may be. */
  RequestLimit longestRequest();

  /** Why no model can be asked, in words for the person, or empty. */
  Optional<String> modelMissing();

  /**
   * The sandbox; says on standard error what it prepares, where that takes time.
   *
   * @param workers how many, or as configured
   */
  Sandbox sandbox(OptionalInt workers);

  /** Reads files from outside, in processes of their own. */
  FileImporter importer();

  /** The engine, asking the configured model. */
  DirectClient client();

  /** The engine on the same store and sandbox, asking another model. */
  DirectClient client(LanguageModel model);

  /** The engine as tools for an agent; closed with the program. */
  ToolServer tools(ToolCaller caller);

  /** The content of files that turns left. */
  TurnFiles files();

  /** Where the lines that are typed in a conversation are kept. */
  Path history();

  /** The words that conversations know, besides requests. */
  List<ChatWord> vocabulary();

  /** What conversations have in the store. */
  ChatMemory memory();

  /** Prepares the cache that the sandbox starts from; says what there is now, in a line. */
  String prepare();

  /**
   * The surfaces that the configuration switches on, by name.
   *
   * @throws ConfigurationException when one of them lacks something; commands that serve nobody do
   *     without
   */
  List<String> surfaces() throws ConfigurationException;

  /**
   * Runs those surfaces until it is closed.
   *
   * @param say hears what closing waits for, in a sentence each
   */
  RunningService serve(Consumer<String> say);

  /**
   * Serves workers of this machine to other machines until it is closed.
   *
   * @param listen as {@code HOST:PORT}, or as configured
   * @throws UsageException when the address cannot be used, or strangers could use the workers
   */
  RunningService serveWorkers(Optional<String> listen) throws UsageException;

  /** Where {@link #serveWorkers} listens. */
  String workerAddress(Optional<String> listen);

  /** Looks at every part and tells what it finds, one part after another. */
  void examine(Consumer<Finding> found);

  /**
   * The way through a platform's set-up.
   *
   * @param platform {@code slack} or {@code telegram}
   */
  Guide guide(String platform);

  /** Where the configuration is read from, or would be. */
  Path settingsFile();

  /** What can be done with the store from outside. */
  StoreAdmin storeAdmin();

  @Override
  void close();
}

package dev.reckon.app;

import dev.reckon.adapters.cli.Console;
import dev.reckon.adapters.cli.Program;
import dev.reckon.adapters.config.Configuration;
import dev.reckon.adapters.config.ConfigurationException;
import dev.reckon.core.turn.TurnSettings;
import dev.reckon.sandbox.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Wires everything by hand, each part when it is first asked for. For use by one thread. */
final class Assembly implements Program {
  private final Settings settings;
  private final Console console;
  private @Nullable Sandbox sandbox;

  private Assembly(Settings settings, Console console) {
    this.settings = settings;
    this.console = console;
  }

  /** Reads and checks the configuration; starts nothing yet. */
  static Assembly open(
      Path home,
      Optional<Path> config,
      List<String> set,
      Function<String, @Nullable String> environment,
      Console console)
      throws ConfigurationException {
    Path usual = home.resolve("config/reckon.toml");
    Optional<Path> file = config.isPresent() || !Files.exists(usual) ? config : Optional.of(usual);
    Settings settings = Settings.from(Configuration.read(file, set, environment), home);
    Logging.apply(settings.log());
    return new Assembly(settings, console);
  }

  @Override
  public TurnSettings turnSettings() {
    return settings.turn();
  }

  @Override
  public Sandbox sandbox(OptionalInt workers) {
    Sandbox open = sandbox;
    if (open == null) {
      open = Sandboxes.open(settings, workers, console);
      sandbox = open;
    }
    return open;
  }

  @Override
  public void close() {
    if (sandbox != null) {
      sandbox.close();
    }
  }
}

package dev.reckon.app;

import dev.reckon.adapters.cli.CommandLineRunner;
import dev.reckon.adapters.cli.Console;
import dev.reckon.adapters.config.SecretsFile;
import java.nio.file.Path;
import java.util.Locale;

/** The entry point. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] words) {
    Locale.setDefault(Locale.ROOT);
    Path home = Path.of(System.getProperty("reckon.home", ".")).toAbsolutePath().normalize();
    Console console = Console.system(System.getProperties(), System::getenv);
    SecretsFile secrets = SecretsFile.usual(System::getenv);
    CommandLineRunner runner =
        new CommandLineRunner(
            (config, set) ->
                Assembly.open(home, config, set, secrets.below(System::getenv), console),
            secrets,
            console);
    System.exit(runner.run(words));
  }
}

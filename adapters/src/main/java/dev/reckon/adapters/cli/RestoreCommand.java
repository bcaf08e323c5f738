package dev.reckon.adapters.cli;

import dev.reckon.adapters.config.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Replaces the store by a backup. */
@Command(
    name = "restore",
    description = "Restore a backup of the database. Stop \"reckon start\" first.",
    footer = {
      "",
      "The database that was there is moved aside, not deleted. Requests made after the backup are"
          + " unknown afterwards; requests that were running when it was made continue.",
    })
final class RestoreCommand implements Callable<Integer> {
  private final ProgramFactory factory;
  private final Console console;

  @Mixin private ConfigurationOptions configuration = new ConfigurationOptions();

  @Parameters(paramLabel = "FILE", description = "What \"reckon backup\" wrote.")
  private Path backup = Path.of("");

  RestoreCommand(ProgramFactory factory, Console console) {
    this.factory = factory;
    this.console = console;
  }

  @Override
  public Integer call() throws ConfigurationException, UsageException {
    if (!Files.isRegularFile(backup)) {
      throw new UsageException(
          "There is no file " + backup + ". Name one that \"backup\" created.");
    }
    try (Program program = factory.open(configuration.config(), configuration.set())) {
      Optional<Path> aside = program.storeAdmin().restore(backup.toAbsolutePath());
      console.err().println("Restored from " + backup + ".");
      aside.ifPresent(path -> console.err().println("The previous database is now at " + path));
      return 0;
    }
  }
}

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
    description = "Put a backup in the database's place. Stop \"reckon start\" first.",
    footer = {
      "",
      "The database that was there is moved aside, not deleted. What was asked since the backup is"
          + " unknown afterwards; requests that were under way when it was taken go on.",
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
      throw new UsageException("There is no file " + backup + ". Name one that \"backup\" wrote.");
    }
    try (Program program = factory.open(configuration.config(), configuration.set())) {
      Optional<Path> aside = program.storeAdmin().restore(backup.toAbsolutePath());
      console.err().println("Restored from " + backup + ".");
      aside.ifPresent(path -> console.err().println("The previous database is now at " + path));
      return 0;
    }
  }
}

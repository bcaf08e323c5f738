package dev.reckon.adapters.cli;

import dev.reckon.adapters.config.ConfigurationException;
import dev.reckon.core.label.Amounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Copies the store while it is in use. */
@Command(
    name = "backup",
    description = "Copy the database while Reckon runs, and check the copy.",
    footer = {"", "Prints where the copy is. \"reckon restore FILE\" restores it."})
final class BackupCommand implements Callable<Integer> {
  private final ProgramFactory factory;
  private final Console console;

  @Mixin private ConfigurationOptions configuration = new ConfigurationOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "A new file; otherwise one in backups, beside the database.")
  private @Nullable Path target;

  BackupCommand(ProgramFactory factory, Console console) {
    this.factory = factory;
    this.console = console;
  }

  @Override
  public Integer call() throws ConfigurationException, IOException {
    try (Program program = factory.open(configuration.config(), configuration.set())) {
      StoreAdmin.Backup backup = program.storeAdmin().backup(Optional.ofNullable(target));
      Path copy = backup.copy();
      console
          .err()
          .println("The copy is complete (" + Amounts.size(Files.size(copy)) + "). It is here:");
      backup.apart().ifPresent(console.err()::println);
      console.out().println(copy);
      return 0;
    }
  }
}

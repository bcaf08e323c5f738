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
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Exports stored data. */
@Command(
    name = "export",
    description = "Write what Reckon keeps to a zip of JSON lines, with the files.",
    footer = {"", "  reckon export everything.zip", "  reckon export ada.zip --person slack/T1/U1"})
final class ExportCommand implements Callable<Integer> {
  private final ProgramFactory factory;
  private final Console console;

  @Mixin private ConfigurationOptions configuration = new ConfigurationOptions();

  @Parameters(paramLabel = "FILE.zip", description = "A new file.")
  private Path target = Path.of("");

  @Option(
      names = "--person",
      paramLabel = "ID",
      description = "Only what is this person's; \"stats\" shows ids.")
  private @Nullable String person;

  ExportCommand(ProgramFactory factory, Console console) {
    this.factory = factory;
    this.console = console;
  }

  @Override
  public Integer call() throws ConfigurationException, UsageException, IOException {
    if (Files.exists(target)) {
      throw new UsageException("There is already a file " + target + ". Name another.");
    }
    try (Program program = factory.open(configuration.config(), configuration.set())) {
      program.storeAdmin().export(Optional.ofNullable(person), target.toAbsolutePath());
      console.err().println("Exported (" + Amounts.size(Files.size(target)) + "):");
      console.out().println(target);
      return 0;
    }
  }
}

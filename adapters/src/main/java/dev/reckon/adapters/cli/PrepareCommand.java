package dev.reckon.adapters.cli;

import dev.reckon.adapters.config.ConfigurationException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prepares the files that workers start from. */
@Command(
    name = "prepare",
    description = "Prepare the sandbox's cache in advance; otherwise the first start does.")
final class PrepareCommand implements Callable<Integer> {
  private final ProgramFactory factory;
  private final Console console;

  @Mixin private ConfigurationOptions configuration = new ConfigurationOptions();

  PrepareCommand(ProgramFactory factory, Console console) {
    this.factory = factory;
    this.console = console;
  }

  @Override
  public Integer call() throws ConfigurationException {
    try (Program program = factory.open(configuration.config(), configuration.set())) {
      console.out().println(program.prepare());
      return 0;
    }
  }
}

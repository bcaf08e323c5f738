package dev.reckon.adapters.cli;

import dev.reckon.adapters.config.ConfigurationException;
import dev.reckon.core.store.Privacy.Forgetting;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Deletes what is stored about a person. */
@Command(
    name = "forget",
    description = "Delete what is kept about a person, as \"forget-me\" does in a chat.")
final class ForgetCommand implements Callable<Integer> {
  private final ProgramFactory factory;
  private final Console console;

  @Mixin private ConfigurationOptions configuration = new ConfigurationOptions();

  @Parameters(paramLabel = "ID", description = "Such as slack/T1/U1; \"stats\" shows ids.")
  private String person = "";

  @Option(names = "--yes", description = "Really: it cannot be undone.")
  private boolean yes;

  ForgetCommand(ProgramFactory factory, Console console) {
    this.factory = factory;
    this.console = console;
  }

  @Override
  public Integer call() throws ConfigurationException, UsageException, IOException {
    if (!yes) {
      throw new UsageException(
          "This deletes everything of " + person + " for good. Say --yes to go ahead.");
    }
    try (Program program = factory.open(configuration.config(), configuration.set())) {
      return switch (program.storeAdmin().forget(person)) {
        case Forgetting.StillRunning(int turns) -> {
          console
              .err()
              .println("Requests of theirs still run (%d); try again afterwards.".formatted(turns));
          yield 1;
        }
        case Forgetting.Done(int turns, int files, int computations, int kept) -> {
          if (TerminalMessages.isAtTerminal(person)) {
            Files.deleteIfExists(program.history());
          }
          console
              .err()
              .println(
                  "Deleted of their own: questions with answers (%d), files (%d), computations (%d)."
                      .formatted(turns, files, computations));
          console
              .err()
              .println(
                  "Kept without their name: versions of computations that teams share (%d), and audit lines without code. Backups are not touched."
                      .formatted(kept));
          yield 0;
        }
      };
    }
  }
}

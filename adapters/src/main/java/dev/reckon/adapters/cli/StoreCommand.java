package dev.reckon.adapters.cli;

import dev.reckon.adapters.config.ConfigurationException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Moves a store from one database to another. */
@Command(
    name = "store",
    description = "Copy a store to another database: from SQLite to PostgreSQL, or back.",
    footer = {
      "",
      "Stop \"reckon start\" first. An interrupted copy continues when the same command is"
          + " given again; rows are counted on both sides before it counts as complete. The user"
          + " and password of a PostgreSQL database come from store.user and store.password.",
    })
final class StoreCommand implements Callable<Integer> {
  /** What can be done. */
  enum Action {
    COPY
  }

  private final ProgramFactory factory;
  private final Console console;

  @Mixin private ConfigurationOptions configuration = new ConfigurationOptions();

  @Parameters(paramLabel = "copy", description = "What to do.")
  private Action action = Action.COPY;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "URL",
      description = "The store to copy, such as jdbc:sqlite:data/reckon.db.")
  private String from = "";

  @Option(
      names = "--to",
      required = true,
      paramLabel = "URL",
      description = "An empty one, such as jdbc:postgresql://db.example.com/reckon.")
  private String to = "";

  StoreCommand(ProgramFactory factory, Console console) {
    this.factory = factory;
    this.console = console;
  }

  @Override
  public Integer call() throws ConfigurationException {
    try (Program program = factory.open(configuration.config(), configuration.set())) {
      Map<String, Long> rows =
          switch (action) {
            case COPY -> program.storeAdmin().copy(from, to, console.err()::println);
          };
      long all = rows.values().stream().mapToLong(Long::longValue).sum();
      console
          .out()
          .printf(
              Locale.ROOT,
              "Copied: %d rows in %d tables, the same number on both sides.%n"
                  + "Set store.url to the new address and start Reckon.%n",
              all,
              rows.size());
      return 0;
    }
  }
}

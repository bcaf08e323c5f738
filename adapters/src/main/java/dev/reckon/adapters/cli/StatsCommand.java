package dev.reckon.adapters.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reckon.adapters.config.ConfigurationException;
import dev.reckon.core.command.UsageTable;
import dev.reckon.core.store.Statistics.Figures;
import dev.reckon.core.surface.render.TerminalCells;
import dev.reckon.core.surface.render.TextTable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints usage figures. */
@Command(
    name = "stats",
    description = "Runs, how they ended, tokens and money, by person and in all.")
final class StatsCommand implements Callable<Integer> {
  private final ProgramFactory factory;
  private final Console console;

  @Mixin private ConfigurationOptions configuration = new ConfigurationOptions();

  @Option(
      names = "--days",
      paramLabel = "N",
      description = "How far back; ${DEFAULT-VALUE} by default.",
      defaultValue = "30")
  private int days;

  @Option(names = "--json", description = "Print one JSON object a line instead of a table.")
  private boolean json;

  StatsCommand(ProgramFactory factory, Console console) {
    this.factory = factory;
    this.console = console;
  }

  @Override
  public Integer call() throws ConfigurationException, UsageException, JsonProcessingException {
    if (days < 1 || days > 36_500) {
      throw new UsageException("--days must be a number from 1 to 36500.");
    }
    try (Program program = factory.open(configuration.config(), configuration.set())) {
      List<Figures> figures =
          program.storeAdmin().statistics(Instant.now().minus(Duration.ofDays(days)));
      if (json) {
        ObjectMapper mapper = new ObjectMapper();
        for (Figures one : figures) {
          console.out().println(mapper.writeValueAsString(one));
        }
      } else {
        print(figures);
      }
      return 0;
    }
  }

  private void print(List<Figures> figures) {
    TextTable table =
        TextTable.of(
            UsageTable.of(
                figures,
                one ->
                    one.person().equals(one.name())
                        ? one.name()
                        : one.name() + " " + one.person()));
    TextTable.Fitted fitted =
        table.fitted(console.outIsTerminal() ? console.columns() : table.width());
    console.out().println(fitted.text());
    UsageTable.unpriced(figures).ifPresent(this::note);
    if (fitted.columns() < table.columns()) {
      note(
          "Columns that do not fit here: %d. --json has all."
              .formatted(table.columns() - fitted.columns()));
    }
  }

  private void note(String text) {
    TerminalCells.wrapped(text, console.columns()).forEach(console.out()::println);
  }
}

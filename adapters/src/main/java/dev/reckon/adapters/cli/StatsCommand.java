package dev.reckon.adapters.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reckon.adapters.config.ConfigurationException;
import dev.reckon.core.store.Statistics.Figures;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints usage figures. */
@Command(
    name = "stats",
    description = "Runs, how they ended, tokens and money, by person and in all.")
final class StatsCommand implements Callable<Integer> {
  private static final String LINE = "%-28.28s %6s %9s %9s %9s %9s %10s %12s %9s";

  private final ProgramFactory factory;
  private final Console console;

  @Mixin private ConfigurationOptions configuration = new ConfigurationOptions();

  @Option(
      names = "--days",
      paramLabel = "N",
      description = "How far back; 30 unless told.",
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
      throw new UsageException("--days takes a number from 1 to 36500.");
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
    console
        .out()
        .printf(
            Locale.ROOT,
            LINE + "%n",
            "who",
            "runs",
            "answered",
            "verified",
            "disputed",
            "attempts",
            "tokens",
            "cost",
            "good/bad");
    for (Figures one : figures) {
      console
          .out()
          .printf(
              Locale.ROOT,
              LINE + "%n",
              console.shown(
                  one.person().equals(one.name()) ? one.name() : one.name() + " " + one.person()),
              one.turns(),
              share(one.answered(), one.turns()),
              share(one.ended("verified"), one.turns()),
              share(one.disputed(), one.turns()),
              one.turns() == 0
                  ? "-"
                  : String.format(Locale.ROOT, "%.1f", (double) one.attempts() / one.turns()),
              one.inputTokens() + one.outputTokens(),
              String.format(Locale.ROOT, "%.2f USD%s", one.usd(), one.unpriced() > 0 ? "+" : ""),
              one.good() + "/" + one.bad());
    }
    if (figures.getFirst().unpriced() > 0) {
      console
          .out()
          .println(
              "+ and more: "
                  + figures.getFirst().unpriced()
                  + " of these asked a model that has no price in model.prices.");
    }
  }

  private static String share(long part, long whole) {
    return whole == 0 ? "-" : Math.round(100.0 * part / whole) + " %";
  }
}

package dev.reckon.core.command;

import dev.reckon.core.message.Block;
import dev.reckon.core.store.Statistics.Figures;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Usage figures as people see them, in a chat and at the terminal. */
public final class UsageTable {
  private static final List<String> HEADER =
      List.of(
          "who",
          "runs",
          "answered",
          "verified",
          "disputed",
          "attempts",
          "tokens",
          "USD",
          "good/bad");

  private UsageTable() {}

  /**
   * A row for each of the figures.
   *
   * @param name what somebody is called in the first column
   */
  public static Block.Table of(List<Figures> figures, Function<Figures, String> name) {
    return new Block.Table(HEADER, figures.stream().map(one -> row(one, name.apply(one))).toList());
  }

  /** What the sign + in the table means, where it is there. */
  public static Optional<String> unpriced(List<Figures> figures) {
    long turns = figures.stream().mapToLong(Figures::unpriced).max().orElse(0);
    return turns == 0
        ? Optional.empty()
        : Optional.of(
            "+ and more: %d of these asked a model that has no price in model.prices."
                .formatted(turns));
  }

  private static List<String> row(Figures one, String name) {
    return List.of(
        name,
        String.format(Locale.ENGLISH, "%,d", one.turns()),
        share(one.answered(), one.turns()),
        share(one.ended("verified"), one.turns()),
        share(one.disputed(), one.turns()),
        one.turns() == 0
            ? "-"
            : String.format(Locale.ROOT, "%.1f", (double) one.attempts() / one.turns()),
        String.format(Locale.ENGLISH, "%,d", one.inputTokens() + one.outputTokens()),
        String.format(Locale.ENGLISH, "%,.2f", one.usd()) + (one.unpriced() > 0 ? "+" : ""),
        one.good() + "/" + one.bad());
  }

  private static String share(long part, long whole) {
    return whole == 0 ? "-" : Math.round(100.0 * part / whole) + " %";
  }
}

package dev.reckon.adapters.slack;

import dev.reckon.core.surface.render.DisplayPolicy;
import java.util.Optional;

/**
 * Which of Slack's newer blocks a workspace or conversation takes.
 *
 * @param charts whether it draws charts of tables
 */
record BlockSupport(TableForm tables, boolean charts) {
  /** All of them, until one is refused. */
  static final BlockSupport FULL = new BlockSupport(TableForm.SORTED, true);

  /** None of them. */
  static final BlockSupport PLAIN = new BlockSupport(TableForm.FIXED, false);

  /** How a table is drawn. */
  enum TableForm {
    /** People sort it and page through it. */
    SORTED(100),
    /** All of it is shown at once, and a phone shows few rows. */
    FIXED(25);

    private final int rows;

    TableForm(int rows) {
      this.rows = rows;
    }

    /** Slack takes 20 columns, and 10,000 characters in all cells of a message's tables. */
    DisplayPolicy.Tables tables() {
      return new DisplayPolicy.Tables(1, rows, 20, 6_000, 60);
    }
  }

  /** What both take. */
  BlockSupport and(BlockSupport other) {
    boolean sorted = tables == TableForm.SORTED && other.tables == TableForm.SORTED;
    return new BlockSupport(sorted ? TableForm.SORTED : TableForm.FIXED, charts && other.charts);
  }

  /** The next plainer support for a message that was refused; empty where words are left. */
  Optional<BlockSupport> plainer(BlockMessage refused) {
    if (charts && refused.has(ChartBlock.TYPE)) {
      return Optional.of(new BlockSupport(tables, false));
    }
    return tables == TableForm.SORTED && refused.has(DataTableBlock.TYPE)
        ? Optional.of(new BlockSupport(TableForm.FIXED, charts))
        : Optional.empty();
  }
}

package dev.reckon.app;

import dev.reckon.adapters.cli.Console;

/**
 * Shows on standard error how far the preparation is; says nothing where there is nothing to do.
 */
final class PreparationBar implements AutoCloseable {
  private static final int WIDTH = 20;

  private final Console console;
  private boolean begun;
  private String last = "";

  PreparationBar(Console console) {
    this.console = console;
  }

  void at(String step, double share) {
    if (!begun && share >= 1) {
      return;
    }
    if (!begun) {
      console
          .err()
          .println("Preparing the sandbox: once, one to two minutes; later starts are quick.");
      begun = true;
    }
    if (console.errIsTerminal()) {
      int done = (int) Math.round(share * WIDTH);
      String bar = "█".repeat(done) + "░".repeat(WIDTH - done);
      console.err().print("\r\u001b[K  " + bar + " " + console.errorStyle().dim(step));
    } else if (!step.equals(last)) {
      console.err().println("  " + step);
    }
    last = step;
    console.err().flush();
  }

  @Override
  public void close() {
    if (begun && console.errIsTerminal()) {
      console.err().print("\r\u001b[K");
    }
  }
}

package dev.reckon.adapters.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reckon.core.turn.TurnEvent;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Shows on standard error what a turn is doing: one line that changes where a person watches, a
 * line for each step otherwise. What went wrong with an attempt stays.
 */
final class Progress implements Consumer<TurnEvent> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CLEAR = "\r\u001b[K";

  private final PrintStream err;
  private final Ink ink;
  private final boolean changing;
  private final int columns;
  private String last = "";

  Progress(Console console) {
    this.err = console.err();
    this.ink = console.errorInk();
    this.changing = console.errIsTerminal();
    this.columns = console.columns();
  }

  /** Each event as a JSON line. */
  static Consumer<TurnEvent> asJson(PrintStream err) {
    return event ->
        err.println(
            JSON.createObjectNode()
                .put("turn", event.turn())
                .put("phase", event.phase().name().toLowerCase(Locale.ROOT))
                .put("step", event.step())
                .put("steps", event.steps())
                .put("attempt", event.attempt())
                .put("max_attempts", event.maxAttempts())
                .put("detail", event.detail()));
  }

  @Override
  public void accept(TurnEvent event) {
    if (event.phase() == TurnEvent.Phase.DONE) {
      clear();
      return;
    }
    if (event.phase() == TurnEvent.Phase.GENERATING
        && event.attempt() > 1
        && !event.detail().isEmpty()) {
      clear();
      String failed = "attempt " + (event.attempt() - 1) + ": " + firstLine(event.detail());
      err.println(ink.yellow("  ↻ ") + ink.dim(shortened(failed)));
    }
    String doing = words(event);
    if (doing.equals(last)) {
      return;
    }
    last = doing;
    if (changing) {
      err.print(CLEAR + ink.dim("  … " + shortened(doing)));
    } else {
      err.println("  … " + doing);
    }
    err.flush();
  }

  /** Takes the changing line away. */
  void clear() {
    if (changing && !last.isEmpty()) {
      err.print(CLEAR);
      err.flush();
    }
    last = "";
  }

  private static String words(TurnEvent event) {
    String doing =
        switch (event.phase()) {
          case GENERATING -> event.attempt() > 1 ? "mending the program" : "writing a program";
          case SCREENING -> "reading it through";
          case EXECUTING -> "running it";
          case VERIFYING -> "checking the output against the request";
          case DONE -> "";
        };
    String step = event.steps() > 1 ? "step " + event.step() + " of " + event.steps() + ": " : "";
    String attempt =
        event.attempt() > 1 ? " · attempt " + event.attempt() + " of " + event.maxAttempts() : "";
    return step + doing + attempt;
  }

  private String shortened(String text) {
    int most = Math.max(10, columns - 6);
    return text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }

  private static String firstLine(String text) {
    return Ink.harmless(text).lines().findFirst().orElse("");
  }
}

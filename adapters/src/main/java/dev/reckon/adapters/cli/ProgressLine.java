package dev.reckon.adapters.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reckon.core.surface.render.ProgressText;
import dev.reckon.core.surface.render.TerminalCells;
import dev.reckon.core.turn.TurnEvent;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Shows on standard error what a turn is doing: one line that changes where a person watches, a
 * line for each step otherwise. What went wrong with an attempt stays.
 */
final class ProgressLine implements Consumer<TurnEvent> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CLEAR = "\r\u001b[K";

  private final PrintStream err;
  private final TextStyle style;
  private final boolean changing;
  private final int columns;
  private String last = "";

  ProgressLine(Console console) {
    this.err = console.err();
    this.style = console.errorStyle();
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
    String failed = ProgressText.failed(event);
    if (event.phase() == TurnEvent.Phase.GENERATING && !failed.isEmpty()) {
      clear();
      err.println(style.yellow("  ↻ ") + style.dim(shortened(failed)));
    }
    String doing = ProgressText.doing(event);
    if (doing.equals(last)) {
      return;
    }
    last = doing;
    if (changing) {
      err.print(CLEAR + style.dim("  " + shortened(doing)));
    } else {
      err.println("  " + doing);
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

  private String shortened(String text) {
    return TerminalCells.cut(text, Math.max(10, columns - 6));
  }
}

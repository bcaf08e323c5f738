package dev.reckon.core.command;

import dev.reckon.core.message.Incoming;
import java.util.List;

/** Reads what people write and press. Safe for use by any number of threads. */
public interface Interpreter {
  /**
   * Does what was asked, as far as it takes no turn.
   *
   * @param attached the names of the files that came along, as they were kept
   */
  Outcome interpret(Incoming incoming, List<String> attached);

  /** Whether the delivery wants a running turn to end: that cannot wait for its place in line. */
  boolean cancels(Incoming incoming);
}

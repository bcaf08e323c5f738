package dev.reckon.core.turn.effect;

import java.io.Serial;

/** The turn was left as it was last saved, because this process is going down. */
public final class TurnSuspendedException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  public TurnSuspendedException(long turn) {
    super("turn " + turn + " stays as it was saved");
  }
}

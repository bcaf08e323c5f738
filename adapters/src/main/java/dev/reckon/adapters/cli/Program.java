package dev.reckon.adapters.cli;

import dev.reckon.core.turn.TurnSettings;
import dev.reckon.sandbox.Sandbox;
import java.util.OptionalInt;

/** What commands need of the assembled program. Each part comes up when it is first asked for. */
public interface Program extends AutoCloseable {
  /** What turns and scripts run under. */
  TurnSettings turnSettings();

  /**
   * The sandbox; says on standard error what it prepares, where that takes time.
   *
   * @param workers how many, or as configured
   */
  Sandbox sandbox(OptionalInt workers);

  @Override
  void close();
}

package dev.reckon.core.command;

import dev.reckon.core.schedule.Condition;
import dev.reckon.core.schedule.WatchedValue;
import dev.reckon.core.turn.ResultLine;
import dev.reckon.core.turn.TurnResult;

/** Finds the value of a turn's result that an alert watches. */
public final class ScheduleWatch {
  private ScheduleWatch() {}

  /** The value that the condition is about. */
  public static WatchedValue value(Condition watch, TurnResult result) {
    String printed =
        result.attempts().isEmpty() ? result.output() : result.attempts().getLast().output();
    return WatchedValue.of(watch, ResultLine.of(printed), result.output());
  }
}

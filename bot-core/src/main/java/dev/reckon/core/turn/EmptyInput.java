package dev.reckon.core.turn;

import java.util.List;

/** Recognizes the errors with which Python programs meet an input without rows. */
final class EmptyInput {
  /** As CPython 3.11 to 3.14, GraalPy 25 and the module {@code statistics} word them. */
  private static final List<String> ERRORS =
      List.of(
          "ZeroDivisionError: division by zero",
          "ZeroDivisionError: float division by zero",
          "ZeroDivisionError: integer division or modulo by zero",
          "ZeroDivisionError: integer modulo by zero",
          "ZeroDivisionError: float floor division by zero",
          "() arg is an empty sequence",
          "() iterable argument is empty",
          "StatisticsError: mean requires at least one data point",
          "StatisticsError: fmean requires at least one data point",
          "StatisticsError: no median for empty data",
          "StatisticsError: no mode for empty data",
          "StatisticsError: variance requires at least two data points",
          "StatisticsError: stdev requires at least two data points",
          "StatisticsError: pvariance requires at least one data point",
          "StatisticsError: pstdev requires at least one data point");

  private EmptyInput() {}

  /** Whether a program most likely crashed since it had no values to compute with. */
  static boolean ended(RunSummary run) {
    return RunFailure.of(run).filter(EmptyInput::isLikely).isPresent();
  }

  /** Whether a program with this failure most likely had no values to compute with. */
  static boolean isLikely(AttemptFailure failure) {
    return failure.cause() == AttemptFailure.Cause.CRASHED && isLikely(failure.reason());
  }

  private static boolean isLikely(String error) {
    return ERRORS.stream().anyMatch(error::contains);
  }
}

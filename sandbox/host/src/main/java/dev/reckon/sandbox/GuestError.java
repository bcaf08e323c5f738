package dev.reckon.sandbox;

import java.util.Objects;

/**
 * An error that the script raised and did not catch. All text is the guest's: hostile, bounded by
 * the worker.
 *
 * @param type the exception's class name, such as {@code KeyError}
 * @param message what {@code str(exception)} gives
 * @param line the last line of the script on the stack, counted from 1; 0 when unknown
 * @param traceback as CPython would print it, with frames of the script only
 */
public record GuestError(String type, String message, int line, String traceback) {
  public GuestError {
    Objects.requireNonNull(type);
    Objects.requireNonNull(message);
    Objects.requireNonNull(traceback);
  }
}

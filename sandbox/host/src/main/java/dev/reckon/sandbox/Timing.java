package dev.reckon.sandbox;

import java.time.Duration;

/**
 * How long a script waited, and how long it took.
 *
 * @param queued from {@link Sandbox#submit} until a worker took the script
 * @param elapsed from handing the script to a worker until its result was there
 */
public record Timing(Duration queued, Duration elapsed) {
  public static final Timing NONE = new Timing(Duration.ZERO, Duration.ZERO);
}

package dev.reckon.core.surface;

import java.time.Duration;

/**
 * How often a platform takes messages, posts and edits counted together.
 *
 * @param perChannel the shortest time between two in one channel
 * @param overall the shortest time between any two
 * @param notifyAfter an answer that took longer is a new message, since edits do not notify
 */
public record Pace(Duration perChannel, Duration overall, Duration notifyAfter) {}

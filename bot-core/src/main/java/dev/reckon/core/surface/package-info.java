/**
 * Delivers progress and replies to platforms, with pacing, retries and an outbox that survives a
 * restart; and the ports that a platform implements.
 */
@NullMarked
package dev.reckon.core.surface;

import org.jspecify.annotations.NullMarked;

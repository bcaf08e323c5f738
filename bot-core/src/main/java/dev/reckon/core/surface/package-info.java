/**
 * The one way out: progress and replies on their way to a surface, with pacing, retries and an
 * outbox that survives a restart.
 */
@NullMarked
package dev.reckon.core.surface;

import org.jspecify.annotations.NullMarked;

/**
 * Performs what the state machine asks for: model calls, inspections, runs, judgements, and the
 * driver that steps, saves and performs.
 */
@NullMarked
package dev.reckon.core.turn.effect;

import org.jspecify.annotations.NullMarked;

/**
 * A turn: the pure state machine from a request to a checked answer. No I/O and no clock; tests of
 * it need no doubles.
 */
@NullMarked
package dev.reckon.core.turn;

import org.jspecify.annotations.NullMarked;

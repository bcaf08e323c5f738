/**
 * What a turn is: the pure state machine from a request to a checked answer. No I/O, no clock, and
 * no doubles needed to test it.
 */
@NullMarked
package dev.reckon.core.turn;

import org.jspecify.annotations.NullMarked;

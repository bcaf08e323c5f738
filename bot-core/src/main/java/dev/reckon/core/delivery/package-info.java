/**
 * A delivery's way: received, interpreted, admitted, its files imported, its turn driven, its reply
 * saved for the outbox.
 */
@NullMarked
package dev.reckon.core.delivery;

import org.jspecify.annotations.NullMarked;

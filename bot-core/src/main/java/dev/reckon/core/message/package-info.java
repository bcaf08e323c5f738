/**
 * Plain data that surfaces and the core exchange: incoming deliveries and replies. No platform's
 * terms and no I/O.
 */
@NullMarked
package dev.reckon.core.message;

import org.jspecify.annotations.NullMarked;

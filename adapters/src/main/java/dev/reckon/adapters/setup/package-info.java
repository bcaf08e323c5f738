/**
 * Shared by the guides through a platform's set-up: a dialogue with the operator, and where what
 * they say is kept.
 */
@NullMarked
package dev.reckon.adapters.setup;

import org.jspecify.annotations.NullMarked;

/** Shared by the guides through a platform's set-up: a dialogue with the operator. */
@NullMarked
package dev.reckon.adapters.setup;

import org.jspecify.annotations.NullMarked;

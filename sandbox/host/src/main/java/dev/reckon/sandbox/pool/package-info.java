/** Placeholder. */
@NullMarked
package dev.reckon.sandbox.pool;

import org.jspecify.annotations.NullMarked;

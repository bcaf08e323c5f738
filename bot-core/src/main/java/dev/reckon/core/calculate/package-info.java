/** Computes a single expression in the sandbox, with neither a model nor a turn. */
@NullMarked
package dev.reckon.core.calculate;

import org.jspecify.annotations.NullMarked;

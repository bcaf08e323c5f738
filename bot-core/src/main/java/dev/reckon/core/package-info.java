/** Placeholder. */
@NullMarked
package dev.reckon.core;

import org.jspecify.annotations.NullMarked;

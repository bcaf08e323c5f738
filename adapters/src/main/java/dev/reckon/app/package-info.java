/** Placeholder. */
@NullMarked
package dev.reckon.app;

import org.jspecify.annotations.NullMarked;

/**
 * Measures that work over hostile text grows no faster than the text, by counting and not by time.
 */
@NullMarked
package dev.reckon.core.bounds;

import org.jspecify.annotations.NullMarked;

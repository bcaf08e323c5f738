/**
 * Checks that need no model: calculations and counts by rule, agreement of two results, near misses
 * of names.
 */
@NullMarked
package dev.reckon.core.check;

import org.jspecify.annotations.NullMarked;

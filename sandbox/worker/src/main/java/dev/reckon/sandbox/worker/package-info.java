/** Placeholder. */
@NullMarked
package dev.reckon.sandbox.worker;

import org.jspecify.annotations.NullMarked;

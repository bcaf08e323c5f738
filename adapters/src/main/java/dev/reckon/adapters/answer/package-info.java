/** A turn's result as JSON, for scripts and agents. */
@NullMarked
package dev.reckon.adapters.answer;

import org.jspecify.annotations.NullMarked;

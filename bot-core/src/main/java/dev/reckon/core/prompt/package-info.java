/** Builds prompts. Everything in them that Reckon did not write itself is marked as data. */
@NullMarked
package dev.reckon.core.prompt;

import org.jspecify.annotations.NullMarked;

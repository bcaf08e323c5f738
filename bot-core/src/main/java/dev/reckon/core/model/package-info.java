/** The port to a language model, and what its calls cost in tokens and money. */
@NullMarked
package dev.reckon.core.model;

import org.jspecify.annotations.NullMarked;

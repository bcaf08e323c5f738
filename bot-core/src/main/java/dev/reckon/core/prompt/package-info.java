/**
 * Prompts and their parts: what a model is told, with everything that is not ours marked as data.
 */
@NullMarked
package dev.reckon.core.prompt;

import org.jspecify.annotations.NullMarked;

/**
 * Everything said to and read from a language model: prompts, file profiles, code extraction,
 * verdicts, tokens and cost.
 */
@NullMarked
package dev.reckon.core.model;

import org.jspecify.annotations.NullMarked;

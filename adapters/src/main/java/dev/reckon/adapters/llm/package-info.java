/**
 * The language model behind any server that speaks OpenAI's chat completions: one call with its
 * time-outs, retries and limits, and a message for every failure, written for the person who asked.
 */
@NullMarked
package dev.reckon.adapters.llm;

import org.jspecify.annotations.NullMarked;

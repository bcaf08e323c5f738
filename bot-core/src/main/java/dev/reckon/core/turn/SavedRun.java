package dev.reckon.core.turn;

/**
 * A run of a saved computation, in words for its reply.
 *
 * @param badge the name, the values, and how the code once stood: said in place of "nobody checked"
 * @param absent which of the values occur in none of the files, as a sentence that explains an
 *     empty input; empty when all occur
 */
public record SavedRun(String badge, String absent) {}

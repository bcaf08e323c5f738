package dev.reckon.core.turn;

/**
 * Another run of a program that once worked, in words for its reply.
 *
 * @param badge for a saved computation the name, the values, and how the code once stood: said in
 *     place of "nobody checked"; empty for other programs
 * @param absent which of the values occur in none of the files, as sentences that explain an empty
 *     input; empty when all occur
 */
public record SavedRun(String badge, String absent) {}

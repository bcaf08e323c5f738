package dev.reckon.adapters.cli;

/**
 * A word that can be typed after a slash.
 *
 * @param name in lower case, without the slash
 * @param example how it is used, without the slash
 * @param meaning in a few words
 */
public record ChatWord(String name, String example, String meaning) {}

package dev.reckon.core.model;

import org.jspecify.annotations.Nullable;

/**
 * What a model answered.
 *
 * @param text never blank; hostile
 * @param model the name it was asked under, for its price
 * @param tokens as the server reports them, or null when it reports none
 */
public record ModelReply(String text, String model, @Nullable Tokens tokens) {
  /** Tokens of one call. */
  public record Tokens(long input, long output) {}
}

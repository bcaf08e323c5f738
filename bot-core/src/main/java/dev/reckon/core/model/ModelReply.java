package dev.reckon.core.model;

import org.jspecify.annotations.Nullable;

/**
 * What a model answered.
 *
 * @param text hostile; blank only where the reply was cut off
 * @param model the name it was asked under, for its price
 * @param tokens as the server reports them, or null when it reports none
 * @param finish why it ended
 */
public record ModelReply(String text, String model, @Nullable Tokens tokens, Finish finish) {
  /** More characters than that for each token of the ceiling come from no tokenizer. */
  private static final int CHARACTERS_PER_TOKEN = 20;

  /** Why a reply ended. */
  public enum Finish {
    /** The model had nothing to add. */
    STOP,
    /** It came to its ceiling, so the end is missing. */
    LENGTH
  }

  /** A whole reply. */
  public ModelReply(String text, String model, @Nullable Tokens tokens) {
    this(text, model, tokens, Finish.STOP);
  }

  /** Whether the end is missing: such a reply must not be read as if it were whole. */
  public boolean isCutOff() {
    return finish == Finish.LENGTH;
  }

  /** The reply, cut off where a server sent far more than it was allowed to. */
  public ModelReply within(int maxOutputTokens) {
    long most = (long) maxOutputTokens * CHARACTERS_PER_TOKEN;
    return text.length() <= most
        ? this
        : new ModelReply(text.substring(0, (int) most), model, tokens, Finish.LENGTH);
  }

  /** Tokens of one call. */
  public record Tokens(long input, long output) {}
}

package dev.reckon.core.model;

/** How many tokens a text has, about. */
public final class TokenEstimate {
  /**
   * English text has about four characters a token and code about three; the smaller figure errs
   * towards stopping early.
   */
  private static final int CHARACTERS = 3;

  private TokenEstimate() {}

  public static long of(String text) {
    return (text.length() + CHARACTERS - 1L) / CHARACTERS;
  }

  public static long of(ModelRequest request) {
    return request.messages().stream().mapToLong(message -> of(message.text())).sum();
  }
}

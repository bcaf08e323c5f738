package dev.reckon.adapters.telegram;

import java.io.Serial;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;

/** An error answer of the Bot API. */
final class TelegramFailure extends Exception {
  @Serial private static final long serialVersionUID = 1;

  /** There was no answer, or none that could be read. */
  static final int NO_ANSWER = 0;

  private final int code;
  private final Duration retryAfter;
  private final long movedTo;

  /**
   * A failure.
   *
   * @param code the {@code error_code}, or {@link #NO_ANSWER}
   * @param description the server's words
   * @param retryAfter the pause it asks for, or zero
   * @param movedTo the chat's new id, or 0
   */
  TelegramFailure(int code, String description, Duration retryAfter, long movedTo) {
    super(description);
    this.code = code;
    this.retryAfter = retryAfter;
    this.movedTo = movedTo;
  }

  static TelegramFailure noAnswer(String reason) {
    return new TelegramFailure(NO_ANSWER, reason, Duration.ZERO, 0);
  }

  int code() {
    return code;
  }

  Duration retryAfter() {
    return retryAfter;
  }

  OptionalLong movedTo() {
    return movedTo == 0 ? OptionalLong.empty() : OptionalLong.of(movedTo);
  }

  String description() {
    String message = getMessage();
    return message == null ? "" : message;
  }

  /** Whether it is a 400 or 403 with one of these words, which differ in case between versions. */
  boolean says(String... words) {
    if (code != 400 && code != 403) {
      return false;
    }
    String description = description().toLowerCase(Locale.ROOT);
    for (String word : words) {
      if (description.contains(word)) {
        return true;
      }
    }
    return false;
  }

  boolean topicGone() {
    return says("message thread not found", "topic_closed", "topic_deleted", "topic_id_invalid");
  }

  /** Whether the server does not know the method. */
  boolean methodUnknown() {
    return code == 404;
  }

  /**
   * Whether it is about rich messages as such: an older server does not know their method, and sees
   * no text in an edit to one. Refusals of one message's content or of the chat are not.
   */
  boolean richRefused() {
    return methodUnknown()
        || says("message text is empty")
        || (says("rich message", "rich_message") && !says("can't parse"));
  }

  /** Whether a refusal's words are about the markup. */
  static boolean markupRefused(String words) {
    String lower = words.toLowerCase(Locale.ROOT);
    return lower.contains("can't parse entities") || lower.contains("entity_bounds_invalid");
  }

  boolean unchanged() {
    return says("message is not modified");
  }
}

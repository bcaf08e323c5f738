package dev.reckon.core.message;

/**
 * Names one conversation: a thread, a direct message, a chat, a topic, a terminal session.
 *
 * @param value unique over all surfaces, such as {@code slack/T1/C1/1700000000.000100}
 */
public record ConversationId(String value) {
  public ConversationId {
    if (value.isBlank() || value.length() > 200) {
      throw new IllegalArgumentException("a conversation id has 1 to 200 characters");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}

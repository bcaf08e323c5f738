package dev.reckon.core.model;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One call.
 *
 * @param purpose what it is for; an implementation picks the model by it
 * @param messages system first, then the conversation, the newest last
 * @param schema a JSON schema that the reply should follow, as JSON text, or null; servers that
 *     know no structured output get the same request without it
 * @param maxOutputTokens the ceiling for the reply
 */
public record ModelRequest(
    Purpose purpose, List<Message> messages, @Nullable String schema, int maxOutputTokens) {
  /** What a call is for. */
  public enum Purpose {
    GENERATE,
    REPAIR,
    JUDGE,
    /** A second program, written blind to the first. */
    SECOND_PROGRAM
  }

  /** One message. */
  public record Message(Role role, String text) {
    public Message {
      Objects.requireNonNull(role);
      Objects.requireNonNull(text);
    }
  }

  /** Who speaks. */
  public enum Role {
    SYSTEM,
    USER,
    ASSISTANT
  }

  public ModelRequest {
    messages = List.copyOf(messages);
  }
}

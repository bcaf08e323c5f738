package dev.reckon.adapters.slack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reckon.core.delivery.SurfaceQueries.Attention;
import dev.reckon.core.message.ConversationId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Finds the conversation that a reply in a thread belongs to. The thread under an answer to a
 * command is known by the note of that message, which is written once Slack has said which message
 * it became; a reply can be quicker than that, and then the note is waited for.
 */
record ThreadLookup(SlackIds identities) {
  /** Older messages of Reckon's have their note, or have been forgotten. */
  private static final Duration YOUNG = Duration.ofSeconds(10);

  /** Leaves most of the three seconds in which Slack wants its acknowledgement. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

  /** The conversation; one that nobody knows yet where the thread is not Reckon's. */
  ConversationId conversationOf(JsonNode reply) {
    String channel = reply.path("channel").asText();
    String root = reply.path("thread_ts").asText();
    return isToYoungMessageOfOurs(reply)
        ? awaited(channel, root, Optional::empty)
        : identities.conversation(channel, root);
  }

  /**
   * The conversation of a thread in which Reckon works, and may just have begun to.
   *
   * @param streamed what this process knows before the note of the message is stored
   */
  ConversationId atWork(String channel, String root, Supplier<Optional<ConversationId>> streamed) {
    ConversationId known = identities.conversation(channel, root);
    return identities.queries().attention(known) == Attention.UNKNOWN
        ? awaited(channel, root, streamed)
        : known;
  }

  private ConversationId awaited(
      String channel, String root, Supplier<Optional<ConversationId>> otherwise) {
    long end = System.nanoTime() + LONGEST_WAIT.toNanos();
    Optional<ConversationId> noted = identities.noted(channel, root).or(otherwise);
    try {
      while (noted.isEmpty() && System.nanoTime() < end) {
        Thread.sleep(BETWEEN_LOOKS);
        noted = identities.noted(channel, root).or(otherwise);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return noted.orElseGet(() -> identities.begunBy(channel, root));
  }

  private boolean isToYoungMessageOfOurs(JsonNode reply) {
    Instant posted = SlackIds.instant(reply.path("thread_ts").asText());
    Instant replied = SlackIds.instant(reply.path("ts").asText());
    return reply.path("parent_user_id").asText().equals(identities.workspace().bot())
        && Duration.between(posted, replied).compareTo(YOUNG) < 0;
  }
}

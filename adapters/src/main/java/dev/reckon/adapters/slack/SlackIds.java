package dev.reckon.adapters.slack;

import dev.reckon.core.delivery.SurfaceQueries;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Person.Role;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * Maps Slack's ids to the core's: deliveries by team, channel and timestamp, conversations by
 * thread.
 */
record SlackIds(SlackWorkspace workspace, SurfaceQueries queries) {
  /** One message, whichever event brings it. */
  String delivery(String channel, String ts) {
    return workspace.team().id() + "/" + channel + "/" + ts;
  }

  /** Something that happens once: a command, a press, a form. */
  String delivery(String kind, String channel, String once) {
    return workspace.team().id() + "/" + channel + "/" + kind + "." + once;
  }

  /**
   * A thread is one conversation, in channels and in direct messages. In direct messages a whole
   * chat used to be one: what was begun there goes on there.
   */
  ConversationId conversation(String channel, String root) {
    return noted(channel, root)
        .or(() -> wholeChat(channel, root))
        .orElseGet(() -> begunBy(channel, root));
  }

  private Optional<ConversationId> wholeChat(String channel, String root) {
    if (!isDirect(channel)) {
      return Optional.empty();
    }
    boolean ofWholeChat =
        queries.attention(begunBy(channel, root)) == SurfaceQueries.Attention.UNKNOWN
            && queries.filesOf(delivery(channel, root)).isPresent();
    return ofWholeChat
        ? Optional.of(new ConversationId(workspace.team().id() + "/" + channel))
        : Optional.empty();
  }

  /** The conversation that a person's message begins. */
  ConversationId begunBy(String channel, String ts) {
    return new ConversationId(delivery(channel, ts));
  }

  /**
   * The conversation of this workspace in which Reckon sent that message, if it did. A channel may
   * be shared by two workspaces, in which it has the same id: the other one's conversation is not
   * for people who act in this one.
   */
  Optional<ConversationId> noted(String channel, String ts) {
    return queries
        .conversationOf(SlackSurface.NAME, SentParts.message(channel, ts).ref())
        .filter(this::isOurs);
  }

  /** Whether a conversation is of this workspace. */
  boolean isOurs(ConversationId conversation) {
    return conversation.value().startsWith(workspace.team().id() + "/");
  }

  /** A conversation that begins with something that is no message: a command or a form. */
  ConversationId conversation(String kind, String channel, String once) {
    return new ConversationId(delivery(kind, channel, once));
  }

  static boolean isDirect(String channel) {
    return channel.startsWith("D");
  }

  /** What an event tells of a person; the name is asked for later. */
  Person person(String user, String team) {
    boolean external = !team.isEmpty() && !team.equals(workspace.id());
    return new Person(workspace.person(user), user, external ? Role.EXTERNAL : Role.MEMBER);
  }

  /** Slack's timestamps are seconds with six decimals. */
  static Instant instant(String ts) {
    try {
      BigDecimal seconds = new BigDecimal(ts);
      return Instant.ofEpochMilli(seconds.movePointRight(3).longValue());
    } catch (NumberFormatException e) {
      return Instant.now();
    }
  }
}

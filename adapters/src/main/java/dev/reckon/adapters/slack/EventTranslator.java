package dev.reckon.adapters.slack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reckon.core.delivery.SurfaceQueries.Attention;
import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Incoming;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Translates events, raw as they came: the SDK's class for a mention has no files. A message that
 * is not meant for Reckon becomes nothing, and is neither stored nor read by anyone.
 *
 * <p>A mention arrives as {@code message} and as {@code app_mention}, in either order; both become
 * the same delivery. An {@code app_mention} without files may be short of them, so its files are
 * asked for when it is taken up.
 */
final class EventTranslator {
  private final SlackIds identities;
  private final ThreadLookup threads;
  private final BiFunction<String, String, Optional<ConversationId>> streamed;
  private final String bot;

  /**
   * A translator.
   *
   * @param streamed finds the conversation of a thread in which something is streamed, by channel
   *     and root
   */
  EventTranslator(
      SlackIds identities, BiFunction<String, String, Optional<ConversationId>> streamed) {
    this.identities = identities;
    this.streamed = streamed;
    this.threads = new ThreadLookup(identities);
    this.bot = identities.workspace().bot();
  }

  Optional<Incoming> translate(JsonNode envelope) {
    JsonNode event = envelope.path("event");
    return switch (event.path("type").asText()) {
      case "app_mention" -> posted(event, true);
      case "agent_session_stopped" -> stopped(event);
      case "message" ->
          switch (event.path("subtype").asText()) {
            case "", "file_share", "thread_broadcast" -> posted(event, false);
            case "message_changed" -> edited(event);
            default -> Optional.empty();
          };
      default -> Optional.empty();
    };
  }

  private Optional<Incoming> posted(JsonNode event, boolean mention) {
    if (!isByPerson(event)) {
      return Optional.empty();
    }
    String channel = event.path("channel").asText();
    String ts = event.path("ts").asText();
    String raw = event.path("text").asText();
    String thread = event.path("thread_ts").asText();
    List<Attachment> files = FileReference.in(event);
    if (channel.isEmpty() || ts.isEmpty() || (raw.isBlank() && files.isEmpty())) {
      return Optional.empty();
    }
    ConversationId conversation =
        thread.isEmpty() ? identities.conversation(channel, ts) : threads.conversationOf(event);
    if (!mention && !isForReckon(channel, thread, raw, conversation)) {
      return Optional.empty();
    }
    String user = event.path("user").asText();
    String root = thread.isEmpty() ? ts : thread;
    SlackTarget place = SlackTarget.in(channel, root, user, conversation.value());
    if (mention && files.isEmpty()) {
      place = place.withFilesOf(ts);
    }
    String typed = TypedText.typed(raw, bot);
    String text = typed.isEmpty() && files.isEmpty() ? "help" : typed;
    return Optional.of(
        new Incoming(
            identities.delivery(channel, ts),
            conversation,
            identities.workspace().team(),
            identities.person(user, home(event)),
            place.address(),
            new Content.Text(text, false),
            files,
            SlackIds.instant(ts)));
  }

  /** Slack's own stop button: the same as the word. */
  private Optional<Incoming> stopped(JsonNode event) {
    String channel = event.path("channel").asText();
    String thread = event.path("thread_ts").asText();
    String user = event.path("user").asText();
    String once = event.path("event_ts").asText();
    if (channel.isEmpty() || thread.isEmpty() || user.isEmpty() || once.isEmpty()) {
      return Optional.empty();
    }
    ConversationId conversation =
        threads.atWork(channel, thread, () -> streamed.apply(channel, thread));
    if (identities.queries().attention(conversation) == Attention.UNKNOWN) {
      return Optional.empty();
    }
    return Optional.of(
        new Incoming(
            identities.delivery("stop", channel, once),
            conversation,
            identities.workspace().team(),
            identities.person(user, ""),
            SlackTarget.in(channel, thread, user, conversation.value()).address(),
            new Content.Text("cancel", false),
            List.of(),
            SlackIds.instant(once)));
  }

  private boolean isForReckon(
      String channel, String thread, String raw, ConversationId conversation) {
    if (SlackIds.isDirect(channel) || TypedText.mentions(raw, bot)) {
      return true;
    }
    return !thread.isEmpty()
        && !TypedText.addressesAnother(raw, bot)
        && identities.queries().attention(conversation) == Attention.ALL;
  }

  private Optional<Incoming> edited(JsonNode event) {
    JsonNode now = event.path("message");
    String text = now.path("text").asText();
    String change = now.path("edited").path("ts").asText();
    boolean unchanged = text.equals(event.path("previous_message").path("text").asText());
    if (!isByPerson(now) || change.isEmpty() || unchanged) {
      return Optional.empty();
    }
    String channel = event.path("channel").asText();
    String ts = now.path("ts").asText();
    String thread = now.path("thread_ts").asText();
    ConversationId conversation = identities.conversation(channel, thread.isEmpty() ? ts : thread);
    if (identities.queries().attention(conversation) == Attention.UNKNOWN) {
      return Optional.empty();
    }
    String user = now.path("user").asText();
    String root = thread.isEmpty() ? ts : thread;
    return Optional.of(
        new Incoming(
            identities.delivery(channel, ts) + "/edited/" + change,
            conversation,
            identities.workspace().team(),
            identities.person(user, home(now)),
            SlackTarget.in(channel, root, user, conversation.value()).address(),
            new Content.Edited(identities.delivery(channel, ts), TypedText.typed(text, bot)),
            List.of(),
            SlackIds.instant(change)));
  }

  private boolean isByPerson(JsonNode message) {
    String user = message.path("user").asText();
    return !user.isEmpty()
        && !user.equals(bot)
        && !user.equals("USLACKBOT")
        && !message.hasNonNull("bot_id")
        && !message.path("hidden").asBoolean();
  }

  /** The workspace of the author, where it is another than the channel's. */
  private static String home(JsonNode message) {
    return message.path("user_team").asText(message.path("team").asText());
  }
}

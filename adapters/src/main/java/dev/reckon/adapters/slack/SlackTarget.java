package dev.reckon.adapters.slack;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reckon.core.message.Address;
import dev.reckon.core.surface.render.Sanitizer;

/**
 * Where replies to one conversation go: the content of an {@link Address} for Slack. Absent parts
 * are empty strings.
 *
 * @param channel the channel's id
 * @param thread the timestamp of the thread's first message; empty posts to the channel itself
 * @param user who asked
 * @param conversation the conversation's id, which buttons carry
 * @param request what was asked, for the first line of the message that answers a slash command;
 *     empty where the request stands in the channel anyway
 * @param responseUrl an address by which Slack takes answers to a command or button, also where
 *     Reckon is no member; valid for 30 minutes and five uses
 * @param audience who reads there
 * @param message the timestamp of the message whose files must still be asked for, or empty
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
record SlackTarget(
    @JsonProperty("c") String channel,
    @JsonProperty("t") String thread,
    @JsonProperty("u") String user,
    @JsonProperty("k") String conversation,
    @JsonProperty("q") String request,
    @JsonProperty("r") String responseUrl,
    @JsonProperty("a") Audience audience,
    @JsonProperty("m") String message) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST_REQUEST = 300;

  /** Who reads there. */
  enum Audience {
    /** The channel; the asker alone where Reckon is no member. */
    CHANNEL,
    /** A direct message. */
    DIRECT,
    /** The asker alone, in a channel where Reckon is no member. */
    ASKER,
    /** The channel, even where Reckon is no member: the asker wants the answer shared. */
    SHARED
  }

  @SuppressWarnings({"NullAway", "ConstantValue"}) // Jackson hands null for what the text lacks
  SlackTarget {
    thread = thread == null ? "" : thread;
    user = user == null ? "" : user;
    conversation = conversation == null ? "" : conversation;
    request = request == null ? "" : Sanitizer.VERBATIM.line(request, LONGEST_REQUEST);
    responseUrl = responseUrl == null ? "" : responseUrl;
    audience = audience == null ? Audience.CHANNEL : audience;
    message = message == null ? "" : message;
    if (channel == null || channel.isBlank()) {
      throw new IllegalArgumentException("a place needs a channel");
    }
  }

  /** A channel's thread, or with an empty thread the channel itself. */
  static SlackTarget in(String channel, String thread, String user, String conversation) {
    Audience audience = channel.startsWith("D") ? Audience.DIRECT : Audience.CHANNEL;
    return new SlackTarget(channel, thread, user, conversation, "", "", audience, "");
  }

  SlackTarget withRequest(String asked) {
    return new SlackTarget(
        channel, thread, user, conversation, asked, responseUrl, audience, message);
  }

  SlackTarget withThread(String ts) {
    return new SlackTarget(channel, ts, user, conversation, "", responseUrl, audience, message);
  }

  SlackTarget withResponseUrl(String url) {
    return new SlackTarget(channel, thread, user, conversation, request, url, audience, message);
  }

  SlackTarget to(Audience readers) {
    return new SlackTarget(
        channel, thread, user, conversation, request, responseUrl, readers, message);
  }

  SlackTarget withFilesOf(String ts) {
    return new SlackTarget(channel, thread, user, conversation, request, responseUrl, audience, ts);
  }

  /** The workspace that the conversation is of, such as {@code T1}; empty where it has none. */
  String team() {
    return team(conversation);
  }

  /** The workspace in an id that begins with surface and workspace, or empty. */
  static String team(String id) {
    String prefix = SlackSurface.NAME + "/";
    int end = id.indexOf('/', prefix.length());
    return id.startsWith(prefix) && end > 0 ? id.substring(prefix.length(), end) : "";
  }

  /** The user's id in the id of a person, such as {@code U1}. */
  static String user(String person) {
    return person.substring(person.lastIndexOf('/') + 1);
  }

  Address address() {
    try {
      boolean direct = audience == Audience.DIRECT || audience == Audience.ASKER;
      return new Address(SlackSurface.NAME, JSON.writeValueAsString(this), channel, direct);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a place could not be written", e);
    }
  }

  static SlackTarget of(Address address) {
    try {
      return JSON.readValue(address.target(), SlackTarget.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not an address in Slack: " + address.target(), e);
    }
  }
}

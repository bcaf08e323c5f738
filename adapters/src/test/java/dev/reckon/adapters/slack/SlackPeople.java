package dev.reckon.adapters.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Objects;

/** Writes the payloads that Slack sends when people do things. */
final class SlackPeople {
  private final FakeSlack slack;

  SlackPeople(FakeSlack slack) {
    this.slack = slack;
  }

  /** {@code /reckon TEXT}, with Slack's escaping already done. */
  ObjectNode command(String channel, String user, String text) {
    return FakeSlack.json
        .createObjectNode()
        .put("token", "verification")
        .put("team_id", FakeSlack.TEAM)
        .put("team_domain", "test")
        .put("channel_id", channel)
        .put("channel_name", "general")
        .put("user_id", user)
        .put("user_name", "person")
        .put("command", "/reckon")
        .put("text", text)
        .put("api_app_id", "A1")
        .put("response_url", slack.responseUrl(channel, user))
        .put("trigger_id", slack.trigger());
  }

  /** A message as the event inside an envelope. */
  ObjectNode message(
      String channel, String user, String ts, String thread, String text, String... files) {
    ObjectNode event =
        FakeSlack.json
            .createObjectNode()
            .put("type", "message")
            .put("channel", channel)
            .put("channel_type", channel.startsWith("D") ? "im" : "channel")
            .put("user", user)
            .put("team", FakeSlack.TEAM)
            .put("text", text)
            .put("ts", ts)
            .put("event_ts", ts);
    if (!thread.isEmpty()) {
      event.put("thread_ts", thread);
      slack.author(channel, thread).ifPresent(author -> event.put("parent_user_id", author));
    }
    if (files.length > 0) {
      event.put("subtype", "file_share");
      for (String file : files) {
        event.withArray("files").add(slack.file(file));
      }
    }
    slack.remember(channel, event);
    return event;
  }

  /** The other event of a mention: the same message, without its files. */
  ObjectNode mention(ObjectNode message) {
    ObjectNode event = message.deepCopy().put("type", "app_mention");
    event.remove("subtype");
    event.remove("files");
    event.remove("channel_type");
    return event;
  }

  ObjectNode edited(ObjectNode message, String text) {
    ObjectNode now = message.deepCopy().put("text", text);
    now.putObject("edited").put("user", message.path("user").asText()).put("ts", slack.ts());
    ObjectNode event =
        FakeSlack.json
            .createObjectNode()
            .put("type", "message")
            .put("subtype", "message_changed")
            .put("channel", message.path("channel").asText())
            .put("ts", slack.ts());
    event.set("message", now);
    event.set("previous_message", message);
    return event;
  }

  /** An event in its envelope. */
  ObjectNode envelope(JsonNode event) {
    ObjectNode envelope =
        FakeSlack.json
            .createObjectNode()
            .put("token", "verification")
            .put("team_id", FakeSlack.TEAM)
            .put("api_app_id", "A1")
            .put("type", "event_callback")
            .put("event_id", slack.newId("Ev"))
            .put("event_time", 1_700_000_000);
    envelope.set("event", event);
    envelope
        .putArray("authorizations")
        .addObject()
        .put("team_id", FakeSlack.TEAM)
        .put("user_id", FakeSlack.BOT)
        .put("is_bot", true);
    return envelope;
  }

  /** An event of a workspace that installed the app, in its envelope. */
  ObjectNode envelope(String team, JsonNode event) {
    ObjectNode envelope = envelope(event).put("team_id", team);
    envelope.put("event_time", FakeOAuth.now());
    ((ObjectNode) envelope.path("authorizations").path(0)).put("team_id", team);
    return envelope;
  }

  /** A button or an entry of a menu pressed under a message. */
  ObjectNode press(FakeMessage message, String user, String value) {
    boolean ephemeral = !message.onlyFor.isEmpty();
    ObjectNode payload = interaction("block_actions", user);
    payload.put("response_url", slack.responseUrl(message.channel, user));
    payload.putObject("channel").put("id", message.channel).put("name", "general");
    ObjectNode container =
        payload
            .putObject("container")
            .put("type", "message")
            .put("message_ts", message.ts)
            .put("channel_id", message.channel)
            .put("is_ephemeral", ephemeral);
    if (!message.thread.isEmpty()) {
      container.put("thread_ts", message.thread);
    }
    payload
        .putArray("actions")
        .addObject()
        .put("type", "button")
        .put("action_id", "reckon." + value.split(" ", 2)[0])
        .put("block_id", "b1")
        .put("value", value)
        .put("action_ts", slack.ts());
    return payload;
  }

  /** A button pressed, or an entry chosen, in a person's home tab. */
  ObjectNode pressAtHome(String user, String actionId) {
    JsonNode view = Objects.requireNonNull(slack.homes.get(user));
    ObjectNode payload = interaction("block_actions", user);
    payload.putObject("container").put("type", "view").put("view_id", "V0");
    payload.set("view", view);
    for (JsonNode element : view.findParents("action_id")) {
      if (element.path("action_id").asText().equals(actionId)) {
        ObjectNode action =
            payload.putArray("actions").addObject().put("action_id", actionId).put("block_id", "b");
        if (element.has("options")) {
          action
              .put("type", "static_select")
              .set("selected_option", element.path("options").get(0));
        } else {
          action.put("type", "button").put("value", element.path("value").asText());
        }
        return payload;
      }
    }
    throw new AssertionError("no " + actionId + " in " + view);
  }

  /** Somebody opens a tab of the app. */
  ObjectNode opened(String user, String tab) {
    return FakeSlack.json
        .createObjectNode()
        .put("type", "app_home_opened")
        .put("user", user)
        .put("channel", "D" + user.substring(1))
        .put("tab", tab)
        .put("event_ts", slack.ts());
  }

  /** The newest modal filled in and sent: block ids and what is typed. */
  ObjectNode submit(String user, Map<String, String> typed) {
    JsonNode view = slack.views.getLast();
    ObjectNode payload = interaction("view_submission", user);
    ObjectNode sent = ((ObjectNode) view).deepCopy();
    ObjectNode values = sent.putObject("state").putObject("values");
    typed.forEach(
        (id, value) -> {
          ObjectNode field = values.putObject(id).putObject(id);
          switch (id) {
            case Forms.CHANNEL -> {
              field.put("type", "conversations_select").put("selected_conversation", value);
              payload
                  .putArray("response_urls")
                  .addObject()
                  .put("block_id", id)
                  .put("action_id", id)
                  .put("channel_id", value)
                  .put("response_url", slack.responseUrl(value, user));
            }
            case Forms.FILES ->
                field.put("type", "file_input").putArray("files").add(slack.file(value));
            case Forms.RECENT -> {
              ObjectNode option =
                  field.put("type", "checkboxes").putArray("selected_options").addObject();
              option.put("value", value);
              option.putObject("text").put("type", "plain_text").put("text", "old.csv");
            }
            default -> field.put("type", "plain_text_input").put("value", value);
          }
        });
    payload.set("view", sent);
    return payload;
  }

  ObjectNode shortcut(String callback, String user, JsonNode message) {
    ObjectNode payload = interaction("message_action", user);
    payload
        .put("callback_id", callback)
        .put("message_ts", message.path("ts").asText())
        .put("response_url", slack.responseUrl(message.path("channel").asText(), user));
    payload.putObject("channel").put("id", message.path("channel").asText()).put("name", "general");
    payload.set("message", message);
    return payload;
  }

  private ObjectNode interaction(String type, String user) {
    ObjectNode payload =
        FakeSlack.json
            .createObjectNode()
            .put("type", type)
            .put("token", "verification")
            .put("api_app_id", "A1")
            .put("trigger_id", slack.trigger());
    payload.putObject("team").put("id", FakeSlack.TEAM).put("domain", "test");
    payload.putObject("user").put("id", user).put("name", "person").put("team_id", FakeSlack.TEAM);
    return payload;
  }
}

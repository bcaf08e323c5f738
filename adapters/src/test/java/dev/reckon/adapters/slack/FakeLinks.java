package dev.reckon.adapters.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Links to the app's domain in messages and drafts, and what the app showed below them. As strict
 * as Slack: only links of the event are taken, of the domain that the app registered, by a token of
 * the workspace that was told.
 */
final class FakeLinks {
  /** The app's {@code unfurl_domains}. */
  static final String DOMAIN = "reckon.example.org";

  private record Shared(String team, String channel, List<String> links) {}

  private final FakeSlack slack;
  private final Map<String, Shared> shared = new ConcurrentHashMap<>();

  /** What is shown, by the id of the message or draft and the link. */
  private final Map<String, JsonNode> shown = new ConcurrentHashMap<>();

  FakeLinks(FakeSlack slack) {
    this.slack = slack;
  }

  /** Somebody posted a message with those links. */
  ObjectNode posted(String team, String channel, String user, String... links) {
    String ts = slack.ts();
    Set<String> members = slack.members.getOrDefault(channel, Set.of());
    return event(team, channel, user, ts, "C." + ts, "conversations_history", links)
        .put("is_bot_user_member", members.contains(FakeSlack.BOT));
  }

  /** Somebody types those links. */
  ObjectNode typed(String user, String... links) {
    String id = user + "-draft-" + slack.newId("");
    return event(FakeSlack.TEAM, "COMPOSER", user, id, id, "composer", links)
        .put("is_bot_user_member", true);
  }

  private ObjectNode event(
      String team,
      String channel,
      String user,
      String ts,
      String id,
      String source,
      String... links) {
    shared.put(id + " " + source, new Shared(team, channel, List.of(links)));
    ObjectNode event =
        FakeSlack.json
            .createObjectNode()
            .put("type", "link_shared")
            .put("channel", channel)
            .put("user", user)
            .put("message_ts", ts)
            .put("unfurl_id", id)
            .put("source", source)
            .put("event_ts", ts);
    ArrayNode all = event.putArray("links");
    for (String link : links) {
      all.addObject().put("domain", DOMAIN).put("url", link);
    }
    return event;
  }

  /** What is shown below a link of that message or draft, as a person reads it; empty for none. */
  String shown(ObjectNode event, String link) {
    JsonNode blocks = shown.get(event.path("unfurl_id").asText() + " " + link);
    return blocks == null ? "" : BlockText.of(blocks);
  }

  /** Everything that is shown. */
  List<JsonNode> all() {
    return List.copyOf(shown.values());
  }

  /** {@code chat.unfurl}, by a token of that workspace. */
  ObjectNode unfurl(String team, Map<String, String> args) throws Exception {
    String id = args.getOrDefault("unfurl_id", "");
    String source = args.getOrDefault("source", "");
    if (id.isEmpty() != source.isEmpty()) {
      slack.mistake("chat.unfurl takes unfurl_id and source together");
      return error(id.isEmpty() ? "missing_unfurl_id" : "missing_source");
    }
    Shared told = shared.get(id + " " + source);
    if (told == null || !told.team().equals(team)) {
      return error("cannot_find_channel");
    }
    JsonNode unfurls = FakeSlack.json.readTree(args.getOrDefault("unfurls", "{}"));
    if (!unfurls.isObject() || unfurls.isEmpty()) {
      slack.mistake("chat.unfurl without unfurls");
      return error("missing_unfurls");
    }
    for (Map.Entry<String, JsonNode> unfurl : unfurls.properties()) {
      boolean isTold = told.links().contains(unfurl.getKey());
      if (!isTold || !DOMAIN.equals(URI.create(unfurl.getKey()).getHost())) {
        slack.mistake("no link of the message: " + unfurl.getKey());
        return error("cannot_unfurl_url");
      }
      JsonNode blocks = unfurl.getValue().path("blocks");
      List<String> wrong = BlockKitLimits.ofMessage(blocks);
      if (unfurl.getValue().size() != 1 || !wrong.isEmpty()) {
        slack.mistake("chat.unfurl: " + wrong);
        return error("cannot_parse_attachment");
      }
    }
    unfurls
        .properties()
        .forEach(each -> shown.put(id + " " + each.getKey(), each.getValue().path("blocks")));
    return FakeSlack.json.createObjectNode().put("ok", true);
  }

  private static ObjectNode error(String code) {
    return FakeSlack.json.createObjectNode().put("ok", false).put("error", code);
  }
}

package dev.reckon.adapters.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The methods of the Web API that Reckon calls, as strict as Slack's own. */
final class FakeMethods {
  /** What a method needs, and what else it takes. */
  private record Method(String scope, Set<String> required, Set<String> optional) {}

  private static final Map<String, Method> METHODS =
      Map.ofEntries(
          Map.entry("auth.test", new Method("", Set.of(), Set.of())),
          Map.entry("apps.connections.open", new Method("", Set.of(), Set.of())),
          Map.entry(
              "apps.uninstall", new Method("", Set.of("client_id", "client_secret"), Set.of())),
          Map.entry(
              "chat.postMessage",
              new Method(
                  "chat:write",
                  Set.of("channel", "text"),
                  Set.of(
                      "blocks",
                      "thread_ts",
                      "link_names",
                      "unfurl_links",
                      "unfurl_media",
                      "mrkdwn",
                      "reply_broadcast"))),
          Map.entry(
              "chat.update",
              new Method(
                  "chat:write",
                  Set.of("channel", "ts", "text"),
                  Set.of("blocks", "link_names", "as_user", "reply_broadcast"))),
          Map.entry(
              "chat.postEphemeral",
              new Method(
                  "chat:write",
                  Set.of("channel", "user", "text"),
                  Set.of("blocks", "thread_ts", "link_names", "as_user"))),
          Map.entry(
              "chat.startStream",
              new Method(
                  "chat:write",
                  Set.of("channel", "chunks"),
                  Set.of(
                      "thread_ts",
                      "recipient_user_id",
                      "recipient_team_id",
                      "task_display_mode",
                      "markdown_text"))),
          Map.entry(
              "chat.appendStream",
              new Method("chat:write", Set.of("channel", "ts", "chunks"), Set.of("markdown_text"))),
          Map.entry(
              "chat.stopStream",
              new Method(
                  "chat:write",
                  Set.of("channel", "ts"),
                  Set.of("chunks", "blocks", "markdown_text", "metadata", "session_status"))),
          Map.entry(
              "agents.sessions.setStatus",
              new Method(
                  "assistant:write",
                  Set.of("status", "channel_id", "thread_ts"),
                  Set.of("title", "initiator_user_id"))),
          Map.entry(
              "assistant.threads.setSuggestedPrompts",
              new Method("assistant:write", Set.of("channel_id", "prompts"), Set.of("title"))),
          Map.entry("views.publish", new Method("", Set.of("user_id", "view"), Set.of("hash"))),
          Map.entry("views.open", new Method("", Set.of("trigger_id", "view"), Set.of())),
          Map.entry("views.update", new Method("", Set.of("view_id", "view"), Set.of("hash"))),
          Map.entry(
              "users.info", new Method("users:read", Set.of("user"), Set.of("include_locale"))),
          Map.entry(
              "conversations.open",
              new Method("im:write", Set.of("users"), Set.of("return_im", "prevent_creation"))),
          Map.entry(
              "conversations.members",
              new Method("channels:read", Set.of("channel"), Set.of("cursor", "limit"))),
          Map.entry(
              "conversations.info",
              new Method(
                  "channels:read",
                  Set.of("channel"),
                  Set.of("include_locale", "include_num_members"))),
          Map.entry(
              "chat.unfurl",
              new Method(
                  "links:write",
                  Set.of("unfurls"),
                  Set.of("unfurl_id", "source", "channel", "ts", "user_auth_required"))),
          Map.entry(
              "conversations.history",
              new Method(
                  "channels:history",
                  Set.of("channel"),
                  Set.of(
                      "latest", "oldest", "inclusive", "limit", "cursor", "include_all_metadata"))),
          Map.entry(
              "conversations.replies",
              new Method(
                  "channels:history",
                  Set.of("channel", "ts"),
                  Set.of(
                      "latest", "oldest", "inclusive", "limit", "cursor", "include_all_metadata"))),
          Map.entry(
              "files.list",
              new Method(
                  "files:read",
                  Set.of(),
                  Set.of("user", "count", "channel", "show_files_hidden_by_limit"))),
          Map.entry("files.info", new Method("files:read", Set.of("file"), Set.of("count"))),
          Map.entry(
              "files.getUploadURLExternal",
              new Method(
                  "files:write", Set.of("filename", "length"), Set.of("snippet_type", "alt_txt"))),
          Map.entry(
              "files.completeUploadExternal",
              new Method(
                  "files:write",
                  Set.of("files"),
                  Set.of("channel_id", "thread_ts", "initial_comment", "channels"))));

  private final FakeSlack slack;

  FakeMethods(FakeSlack slack) {
    this.slack = slack;
  }

  void handle(Context context) throws Exception {
    String name = context.pathParam("method");
    slack.calls.add(name);
    context.contentType("application/json; charset=utf-8");
    String failure = slack.nextFailure(name);
    if (failure != null && failure.startsWith("429:")) {
      context.status(429).header("Retry-After", failure.substring(4));
      context.result("{\"ok\":false,\"error\":\"ratelimited\"}");
      return;
    }
    if (failure != null && failure.equals("5xx")) {
      context.status(503).contentType("text/html").result("<html>down</html>");
      return;
    }
    if (failure != null) {
      context.result(error(failure).toString());
      return;
    }
    context.result(answer(name, context).toString());
  }

  private ObjectNode answer(String name, Context context) throws Exception {
    if (name.equals("oauth.v2.access")) {
      return slack.oauth.access(context);
    }
    Method method = METHODS.get(name);
    if (method == null) {
      slack.mistake("no such method: " + name);
      return error("unknown_method");
    }
    String token = String.valueOf(context.header("Authorization")).replace("Bearer ", "");
    String expected =
        name.equals("apps.connections.open") ? FakeSlack.APP_TOKEN : FakeSlack.BOT_TOKEN;
    boolean installed = slack.oauth.knows(token);
    Optional<String> refused =
        installed ? slack.oauth.refusal(token, context) : refusal(token, expected, context);
    if (refused.isPresent()) {
      return error(refused.get());
    }
    context.header("X-OAuth-Scopes", String.join(",", slack.scopes));
    if (!method.scope().isEmpty() && !slack.scopes.contains(method.scope())) {
      return error("missing_scope").put("needed", method.scope()).put("provided", "chat:write");
    }
    Set<String> unknown = new HashSet<>(context.formParamMap().keySet());
    unknown.removeAll(method.required());
    unknown.removeAll(method.optional());
    unknown.remove("token");
    if (!unknown.isEmpty()) {
      slack.mistake(name + " does not take " + unknown);
    }
    for (String required : method.required()) {
      if (arg(context, required).isEmpty()) {
        slack.mistake(name + " lacks " + required);
        return error("invalid_arguments");
      }
    }
    FakeSlack.RateLimit limit = slack.limits.get(name);
    if (limit != null
        && !limit.take(name.equals("chat.postMessage") ? arg(context, "channel") : "")) {
      context.status(429).header("Retry-After", "1");
      return error("ratelimited");
    }
    if (installed && name.equals("auth.test")) {
      return slack.oauth.identity(token);
    }
    if (installed && name.equals("apps.uninstall")) {
      return slack.oauth.uninstall(token, context);
    }
    return call(name, context);
  }

  private Optional<String> refusal(String token, String expected, Context context) {
    if (!token.equals(expected)) {
      return Optional.of("invalid_auth");
    }
    if (slack.revoked) {
      return Optional.of("token_revoked");
    }
    return slack.oauth.isOfAnother(context) ? Optional.of("channel_not_found") : Optional.empty();
  }

  private ObjectNode call(String name, Context context) throws Exception {
    return switch (name) {
      case "auth.test" ->
          ok().put("team_id", FakeSlack.TEAM)
              .put("team", "Test")
              .put("user_id", FakeSlack.BOT)
              .put("user", "reckon");
      case "apps.connections.open" ->
          ok().put(
                  "url", slack.base().replace("http:", "ws:") + "/link?ticket=" + slack.newId("t"));
      case "chat.postMessage" -> post(context);
      case "chat.update" -> update(context);
      case "chat.postEphemeral" -> ephemeral(context);
      case "chat.startStream" -> {
        String channel = arg(context, "channel");
        String refusal = refusal(channel);
        yield refusal.isEmpty()
            ? slack.streams.start(
                channel,
                args(
                    context,
                    "thread_ts",
                    "recipient_user_id",
                    "recipient_team_id",
                    "task_display_mode",
                    "chunks"))
            : error(refusal);
      }
      case "chat.appendStream" -> {
        String channel = arg(context, "channel");
        String refusal = refusal(channel);
        yield refusal.isEmpty()
            ? slack.streams.append(channel, args(context, "ts", "chunks"))
            : error(refusal);
      }
      case "chat.stopStream" -> {
        String channel = arg(context, "channel");
        String refusal = refusal(channel);
        yield refusal.isEmpty()
            ? slack.streams.stop(channel, args(context, "ts", "chunks", "blocks", "session_status"))
            : error(refusal);
      }
      case "agents.sessions.setStatus" ->
          slack.streams.setStatus(
              arg(context, "channel_id"), arg(context, "thread_ts"), arg(context, "status"));
      case "assistant.threads.setSuggestedPrompts" -> suggest(context);
      case "views.publish" -> publish(context);
      case "views.open", "views.update" -> view(name, context);
      case "users.info" -> user(arg(context, "user"));
      case "conversations.open" -> opened(arg(context, "users"));
      case "conversations.members" -> members(context);
      case "conversations.info" -> info(arg(context, "channel"));
      case "chat.unfurl" ->
          slack.links.unfurl(team(context), args(context, "unfurl_id", "source", "unfurls"));
      case "conversations.history", "conversations.replies" -> history(context);
      case "files.list" -> filesOf(arg(context, "user"));
      case "files.info" -> {
        FakeSlack.FakeFile file =
            slack.files.computeIfPresent(arg(context, "file"), (id, known) -> known.looked());
        if (file == null) {
          yield error("file_not_found");
        }
        ObjectNode answer = ok();
        boolean picture = file.ready() && file.isPicture();
        answer.set("file", slack.file(file.id()).put("mimetype", picture ? "image/png" : ""));
        yield answer;
      }
      case "files.getUploadURLExternal" -> uploadUrl(context);
      case "files.completeUploadExternal" -> complete(context);
      default -> error("unknown_method");
    };
  }

  private ObjectNode post(Context context) throws Exception {
    String channel = arg(context, "channel");
    if (channel.startsWith("U")) {
      channel = "D" + channel.substring(1);
    }
    String refusal = refusal(channel);
    JsonNode blocks = blocks(context);
    if (!refusal.isEmpty()) {
      return error(refusal);
    }
    if (!checked("chat.postMessage", blocks, arg(context, "text"))) {
      return error("invalid_blocks");
    }
    FakeMessage message =
        new FakeMessage(
            channel, slack.ts(), arg(context, "thread_ts"), arg(context, "text"), blocks, "");
    slack.messages.add(message);
    return ok().put("channel", channel).put("ts", message.ts);
  }

  private ObjectNode update(Context context) throws Exception {
    String channel = arg(context, "channel");
    String ts = arg(context, "ts");
    String refusal = refusal(channel);
    if (!refusal.isEmpty()) {
      return error(refusal);
    }
    FakeMessage message =
        slack.messages.stream()
            .filter(m -> m.channel.equals(channel) && m.ts.equals(ts) && m.onlyFor.isEmpty())
            .filter(m -> !m.deleted())
            .findFirst()
            .orElse(null);
    if (message == null) {
      return error("message_not_found");
    }
    if (slack.streams.isOpen(channel, ts)) {
      return error("streaming_state_conflict");
    }
    JsonNode blocks = blocks(context);
    if (!checked("chat.update", blocks, arg(context, "text"))) {
      return error("invalid_blocks");
    }
    message.change(arg(context, "text"), blocks);
    return ok().put("channel", channel).put("ts", ts);
  }

  private ObjectNode ephemeral(Context context) throws Exception {
    String channel = arg(context, "channel");
    String refusal = refusal(channel);
    if (!refusal.isEmpty()) {
      return error(refusal);
    }
    JsonNode blocks = blocks(context);
    if (!checked("chat.postEphemeral", blocks, arg(context, "text"))) {
      return error("invalid_blocks");
    }
    slack.messages.add(
        new FakeMessage(
            channel,
            slack.ts(),
            arg(context, "thread_ts"),
            arg(context, "text"),
            blocks,
            arg(context, "user")));
    return ok().put("message_ts", slack.ts());
  }

  /** The workspace whose token it is. */
  private String team(Context context) {
    String token = String.valueOf(context.header("Authorization")).replace("Bearer ", "");
    return slack.oauth.knows(token)
        ? slack.oauth.identity(token).path("team_id").asText()
        : FakeSlack.TEAM;
  }

  /** Whether the bot may ask about a channel: it sees no private one that it is not in. */
  private boolean sees(String channel) {
    Set<String> members = slack.members.get(channel);
    return members != null && (!slack.closed.contains(channel) || members.contains(FakeSlack.BOT));
  }

  private ObjectNode info(String channel) {
    if (!sees(channel)) {
      return error("channel_not_found");
    }
    ObjectNode answer = ok();
    answer
        .putObject("channel")
        .put("id", channel)
        .put("is_channel", true)
        .put("is_private", slack.closed.contains(channel))
        .put("is_mpim", false)
        .put("is_shared", slack.connected.contains(channel))
        .put("is_ext_shared", slack.connected.contains(channel))
        .put("is_org_shared", false);
    return answer;
  }

  /** Two members at a time, however many are asked for: Slack gives fewer than that, too. */
  private ObjectNode members(Context context) {
    Set<String> all = slack.members.get(arg(context, "channel"));
    if (all == null || !sees(arg(context, "channel"))) {
      return error("channel_not_found");
    }
    List<String> sorted = all.stream().sorted().toList();
    String cursor = arg(context, "cursor");
    int from = cursor.isEmpty() ? 0 : Integer.parseInt(cursor);
    int to = Math.min(sorted.size(), from + 2);
    ObjectNode answer = ok();
    sorted.subList(from, to).forEach(answer.putArray("members")::add);
    answer
        .putObject("response_metadata")
        .put("next_cursor", to < sorted.size() ? Integer.toString(to) : "");
    return answer;
  }

  private String refusal(String channel) {
    if (channel.startsWith("D")) {
      return "";
    }
    Set<String> members = slack.members.get(channel);
    if (members == null) {
      return "channel_not_found";
    }
    if (slack.archived.contains(channel)) {
      return "is_archived";
    }
    return members.contains(FakeSlack.BOT) ? "" : "not_in_channel";
  }

  private boolean checked(String method, JsonNode blocks, String text) {
    List<String> wrong =
        blocks.isEmpty() ? List.of() : BlockKitLimits.ofMessage(blocks, slack.files::get);
    boolean good = wrong.isEmpty() && text.length() <= 40_000;
    if (!good) {
      slack.mistake(method + ": " + wrong);
    }
    return good;
  }

  private ObjectNode view(String name, Context context) throws Exception {
    JsonNode view = FakeSlack.json.readTree(arg(context, "view"));
    List<String> wrong = BlockKitLimits.ofView(view);
    if (!wrong.isEmpty()) {
      slack.mistake(name + ": " + wrong);
      return error("invalid_arguments");
    }
    if (name.equals("views.open") && !slack.useTrigger(arg(context, "trigger_id"))) {
      return error("expired_trigger_id");
    }
    ObjectNode shown = ((ObjectNode) view).deepCopy();
    shown.put("id", name.equals("views.open") ? slack.newId("V") : arg(context, "view_id"));
    slack.views.add(shown);
    ObjectNode answer = ok();
    answer.putObject("view").put("id", shown.path("id").asText()).put("type", "modal");
    return answer;
  }

  /** Four prompts at most, each with a title and a message; shown where the app's messages are. */
  private ObjectNode suggest(Context context) throws Exception {
    JsonNode prompts = FakeSlack.json.readTree(arg(context, "prompts"));
    boolean good = prompts.isArray() && !prompts.isEmpty() && prompts.size() <= 4;
    for (JsonNode prompt : prompts) {
      good &= prompt.size() == 2;
      good &= !prompt.path("title").asText().isEmpty();
      good &= !prompt.path("message").asText().isEmpty();
    }
    String channel = arg(context, "channel_id");
    if (!good || !channel.startsWith("D")) {
      slack.mistake("setSuggestedPrompts in " + channel + ": " + prompts);
      return error("invalid_arguments");
    }
    List<String> messages = prompts.findValuesAsText("message");
    slack.prompts.put(channel, messages);
    return ok();
  }

  private ObjectNode publish(Context context) throws Exception {
    JsonNode view = FakeSlack.json.readTree(arg(context, "view"));
    List<String> wrong = BlockKitLimits.ofHome(view);
    if (!wrong.isEmpty()) {
      slack.mistake("views.publish: " + wrong);
      return error("invalid_arguments");
    }
    slack.homes.put(arg(context, "user_id"), view);
    ObjectNode answer = ok();
    answer.putObject("view").put("id", slack.newId("V")).put("type", "home");
    return answer;
  }

  private static Map<String, String> args(Context context, String... names) {
    Map<String, String> args = new HashMap<>();
    for (String name : names) {
      args.put(name, arg(context, name));
    }
    return args;
  }

  private ObjectNode user(String id) {
    ObjectNode answer = ok();
    ObjectNode user =
        slack.users.getOrDefault(
            id,
            FakeSlack.json
                .createObjectNode()
                .put("id", id)
                .put("team_id", FakeSlack.TEAM)
                .put("real_name", "Person " + id));
    answer.set("user", user);
    return answer;
  }

  private ObjectNode opened(String user) {
    ObjectNode answer = ok();
    answer.putObject("channel").put("id", "D" + user.substring(1));
    return answer;
  }

  private ObjectNode history(Context context) {
    String refusal = refusal(arg(context, "channel"));
    if (!refusal.isEmpty() && !refusal.equals("is_archived")) {
      return error(refusal);
    }
    ObjectNode answer = ok();
    ArrayNode found = answer.putArray("messages");
    slack.posted(arg(context, "channel"), arg(context, "latest")).ifPresent(found::add);
    return answer;
  }

  private ObjectNode filesOf(String user) {
    ObjectNode answer = ok();
    ArrayNode found = answer.putArray("files");
    slack.files.values().stream()
        .filter(file -> file.channel().isEmpty() && !user.isEmpty())
        .limit(10)
        .forEach(file -> found.add(slack.file(file.id())));
    return answer;
  }

  private ObjectNode uploadUrl(Context context) {
    String id = slack.newId("F");
    int length = Integer.parseInt(arg(context, "length"));
    if (length == 0) {
      return error("invalid_arguments");
    }
    slack.files.put(
        id,
        new FakeSlack.FakeFile(
            id, arg(context, "filename"), new byte[length], "", "", arg(context, "snippet_type")));
    return ok().put("file_id", id).put("upload_url", slack.base() + "/upload/" + id);
  }

  private ObjectNode complete(Context context) throws Exception {
    String channel = arg(context, "channel_id");
    String refusal = channel.isEmpty() ? "" : refusal(channel);
    if (!refusal.isEmpty()) {
      return error(refusal);
    }
    ObjectNode answer = ok();
    ArrayNode sent = answer.putArray("files");
    for (JsonNode each : FakeSlack.json.readTree(arg(context, "files"))) {
      FakeSlack.FakeFile file = Objects.requireNonNull(slack.files.get(each.path("id").asText()));
      slack.files.put(file.id(), file.completed(channel, arg(context, "thread_ts")));
      sent.addObject().put("id", file.id()).put("title", each.path("title").asText());
    }
    return answer;
  }

  private static JsonNode blocks(Context context) throws Exception {
    String blocks = arg(context, "blocks");
    return FakeSlack.json.readTree(blocks.isEmpty() ? "[]" : blocks);
  }

  private static String arg(Context context, String name) {
    String value = context.formParam(name);
    return value == null ? "" : value;
  }

  private static ObjectNode ok() {
    return FakeSlack.json.createObjectNode().put("ok", true);
  }

  private static ObjectNode error(String code) {
    return FakeSlack.json.createObjectNode().put("ok", false).put("error", code);
  }
}

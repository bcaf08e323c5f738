package dev.reckon.adapters.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Streamed messages and agent sessions, with what Slack refuses: recipients that are not named,
 * streams that are closed, chunks beyond the limits, and a stream in direct messages that answers
 * nothing.
 */
final class FakeStreams {
  /** What a task may have, and how long it may be. */
  private static final Map<String, Set<String>> CHUNKS =
      Map.of(
          "markdown_text", Set.of("text"),
          "plan_update", Set.of("title"),
          "task_update", Set.of("id", "title", "status", "details", "output", "sources"),
          "blocks", Set.of("blocks"));

  private final FakeSlack slack;
  private final Map<String, Stream> open = new ConcurrentHashMap<>();

  /** The state of each thread that an agent works in, as Slack shows it. */
  final Map<String, String> sessions = new ConcurrentHashMap<>();

  FakeStreams(FakeSlack slack) {
    this.slack = slack;
  }

  /** A stream that takes more. */
  private static final class Stream {
    final FakeMessage message;
    final String session;
    final ArrayNode head = FakeSlack.json.createArrayNode();
    final ObjectNode plan = FakeSlack.json.createObjectNode().put("type", "plan");

    Stream(FakeMessage message, String session) {
      this.message = message;
      this.session = session;
      plan.put("title", "").putArray("tasks");
    }

    JsonNode blocks(JsonNode ending) {
      ArrayNode all = head.deepCopy().add(plan.deepCopy());
      ending.forEach(all::add);
      return all;
    }
  }

  ObjectNode start(String channel, Map<String, String> args) throws Exception {
    if (args.getOrDefault("recipient_user_id", "").isEmpty()) {
      return error("missing_recipient_user_id");
    }
    if (args.getOrDefault("recipient_team_id", "").isEmpty()) {
      return error("missing_recipient_team_id");
    }
    if (channel.startsWith("D") && args.getOrDefault("thread_ts", "").isEmpty()) {
      slack.mistake("a stream in direct messages must be a reply");
      return error("invalid_arguments");
    }
    if (!Set.of("", "timeline", "plan").contains(args.getOrDefault("task_display_mode", ""))) {
      return error("invalid_arguments");
    }
    List<String> wrong = wrong(args.getOrDefault("chunks", ""));
    if (!wrong.isEmpty()) {
      slack.mistake("chat.startStream: " + wrong);
      return error("invalid_chunks");
    }
    FakeMessage message =
        new FakeMessage(
            channel,
            slack.ts(),
            args.getOrDefault("thread_ts", ""),
            "",
            FakeSlack.json.createArrayNode(),
            "");
    String root = message.thread.isEmpty() ? message.ts : message.thread;
    Stream stream = new Stream(message, channel + "/" + root);
    add(stream, args.getOrDefault("chunks", ""));
    open.put(channel + "/" + message.ts, stream);
    sessions.put(stream.session, "processing");
    slack.messages.add(message);
    return ok().put("channel", channel).put("ts", message.ts);
  }

  ObjectNode append(String channel, Map<String, String> args) throws Exception {
    Stream stream = open.get(channel + "/" + args.getOrDefault("ts", ""));
    if (stream == null || stream.message.deleted()) {
      return closed(channel, args.getOrDefault("ts", ""));
    }
    List<String> wrong = wrong(args.getOrDefault("chunks", ""));
    if (!wrong.isEmpty()) {
      slack.mistake("chat.appendStream: " + wrong);
      return error("invalid_chunks");
    }
    add(stream, args.getOrDefault("chunks", ""));
    return ok().put("channel", channel).put("ts", args.getOrDefault("ts", ""));
  }

  ObjectNode stop(String channel, Map<String, String> args) throws Exception {
    String key = channel + "/" + args.getOrDefault("ts", "");
    Stream stream = open.get(key);
    if (stream == null || stream.message.deleted()) {
      return closed(channel, args.getOrDefault("ts", ""));
    }
    List<String> wrong =
        args.getOrDefault("chunks", "").isEmpty()
            ? new ArrayList<>()
            : wrong(args.getOrDefault("chunks", ""));
    String blocks = args.getOrDefault("blocks", "");
    JsonNode ending = FakeSlack.json.readTree(blocks.isEmpty() ? "[]" : blocks);
    if (!ending.isEmpty()) {
      wrong.addAll(BlockKitLimits.ofMessage(ending, slack.files::get));
    }
    if (!wrong.isEmpty()) {
      slack.mistake("chat.stopStream: " + wrong);
      return error("invalid_blocks");
    }
    if (!args.getOrDefault("chunks", "").isEmpty()) {
      add(stream, args.getOrDefault("chunks", ""));
    }
    stream.message.change("", stream.blocks(ending));
    open.remove(key);
    String status = args.getOrDefault("session_status", "");
    sessions.put(stream.session, status.isEmpty() ? "active" : status);
    return ok().put("channel", channel).put("ts", args.getOrDefault("ts", ""));
  }

  ObjectNode setStatus(String channel, String thread, String status) {
    if (!Set.of("active", "processing", "suspended", "closed").contains(status)) {
      return error("invalid_arguments");
    }
    sessions.put(channel + "/" + thread, status);
    return ok().put("status", status);
  }

  /** Whether a message takes no edit since it is streamed. */
  boolean isOpen(String channel, String ts) {
    return open.containsKey(channel + "/" + ts);
  }

  /** Somebody presses Slack's stop button: Slack closes the streams, and tells the app. */
  ObjectNode stopButton(FakeMessage message, String user) {
    Iterator<Map.Entry<String, Stream>> streams = open.entrySet().iterator();
    String root = message.thread.isEmpty() ? message.ts : message.thread;
    ObjectNode event =
        FakeSlack.json
            .createObjectNode()
            .put("type", "agent_session_stopped")
            .put("channel", message.channel)
            .put("thread_ts", root)
            .put("user", user)
            .put("event_ts", slack.ts());
    ArrayNode stopped = event.putArray("streaming_message_ts");
    while (streams.hasNext()) {
      Map.Entry<String, Stream> stream = streams.next();
      if (stream.getValue().session.equals(message.channel + "/" + root)) {
        stopped.add(stream.getValue().message.ts);
        streams.remove();
      }
    }
    return event;
  }

  /** Five minutes are over. */
  void expire() {
    open.clear();
  }

  private ObjectNode closed(String channel, String ts) {
    boolean there = slack.in(channel).stream().anyMatch(m -> m.ts.equals(ts) && !m.deleted());
    return error(there ? "message_not_in_streaming_state" : "message_not_found");
  }

  private void add(Stream stream, String chunks) throws Exception {
    for (JsonNode chunk : FakeSlack.json.readTree(chunks)) {
      switch (chunk.path("type").asText()) {
        case "blocks" -> chunk.path("blocks").forEach(stream.head::add);
        case "plan_update" -> stream.plan.put("title", chunk.path("title").asText());
        case "task_update" -> task(stream, chunk);
        default -> {}
      }
    }
    stream.message.change("", stream.blocks(FakeSlack.json.createArrayNode()));
  }

  /** Title and status replace what was there; output is added to. */
  private static void task(Stream stream, JsonNode update) {
    ArrayNode tasks = stream.plan.withArray("tasks");
    ObjectNode task = null;
    for (JsonNode each : tasks) {
      if (each.path("task_id").asText().equals(update.path("id").asText())) {
        task = (ObjectNode) each;
      }
    }
    if (task == null) {
      task = tasks.addObject().put("type", "task_card");
      task.put("task_id", update.path("id").asText());
    }
    task.put("title", update.path("title").asText());
    task.put("status", update.path("status").asText());
    if (update.has("output")) {
      task.put("output", task.path("output").asText() + update.path("output").asText());
    }
  }

  private static List<String> wrong(String text) throws Exception {
    List<String> wrong = new ArrayList<>();
    JsonNode chunks = FakeSlack.json.readTree(text.isEmpty() ? "[]" : text);
    if (!chunks.isArray() || chunks.isEmpty()) {
      wrong.add("no chunks");
    }
    for (JsonNode chunk : chunks) {
      String type = chunk.path("type").asText();
      Set<String> fields = CHUNKS.getOrDefault(type, Set.of());
      chunk
          .fieldNames()
          .forEachRemaining(
              name -> {
                if (!name.equals("type") && !fields.contains(name)) {
                  wrong.add(type + " has no " + name);
                }
              });
      switch (type) {
        case "blocks" -> wrong.addAll(BlockKitLimits.ofMessage(chunk.path("blocks")));
        case "plan_update" -> length(chunk, "title", wrong);
        case "task_update" -> {
          length(chunk, "title", wrong);
          if (chunk.path("id").asText().isEmpty()) {
            wrong.add("a task has no id");
          }
          if (!Set.of("pending", "in_progress", "complete", "error")
              .contains(chunk.path("status").asText())) {
            wrong.add("status " + chunk.path("status").asText());
          }
          for (String field : List.of("details", "output")) {
            if (chunk.path(field).asText().length() > 256) {
              wrong.add(field + " is too long");
            }
          }
        }
        default -> {
          if (!CHUNKS.containsKey(type)) {
            wrong.add("chunk type " + type);
          }
        }
      }
    }
    return wrong;
  }

  private static void length(JsonNode chunk, String field, List<String> wrong) {
    int length = chunk.path(field).asText().length();
    if (length < 1 || length > 256) {
      wrong.add(field + " has " + length + " characters");
    }
  }

  private static ObjectNode ok() {
    return FakeSlack.json.createObjectNode().put("ok", true);
  }

  private static ObjectNode error(String code) {
    return FakeSlack.json.createObjectNode().put("ok", false).put("error", code);
  }
}

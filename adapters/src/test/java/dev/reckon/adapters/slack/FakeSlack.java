package dev.reckon.adapters.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A workspace with one app, over real HTTP and WebSockets. Refuses what Slack refuses: calls
 * without their scope or their required arguments, arguments that it does not know, blocks beyond
 * the limits, calls above a rate, response addresses after five uses. What was refused for a
 * mistake of the caller's is kept in {@link #mistakes()}, so that a test can ask for none.
 */
final class FakeSlack implements AutoCloseable {
  static final String BOT_TOKEN = "xoxb-for-tests";
  static final String APP_TOKEN = "xapp-for-tests";
  static final String SECRET = "a signing secret";
  static final String TEAM = "T1";
  static final String BOT = "UBOT";

  static final ObjectMapper json = new ObjectMapper();

  final FakeSockets sockets = new FakeSockets();
  final Set<String> scopes = ConcurrentHashMap.newKeySet();
  final Map<String, Set<String>> members = new ConcurrentHashMap<>();
  final Set<String> archived = ConcurrentHashMap.newKeySet();

  /** Private channels. */
  final Set<String> closed = ConcurrentHashMap.newKeySet();

  /** Channels that another organisation shares. */
  final Set<String> connected = ConcurrentHashMap.newKeySet();

  final List<FakeMessage> messages = new CopyOnWriteArrayList<>();
  final FakeStreams streams = new FakeStreams(this);
  final FakeOAuth oauth = new FakeOAuth(this);
  final FakeLinks links = new FakeLinks(this);

  /** What is offered to people who open the app's messages, by channel. */
  final Map<String, List<String>> prompts = new ConcurrentHashMap<>();

  /** Home tabs by person. */
  final Map<String, JsonNode> homes = new ConcurrentHashMap<>();

  final List<JsonNode> views = new CopyOnWriteArrayList<>();
  final Map<String, FakeFile> files = new ConcurrentHashMap<>();
  final Map<String, ObjectNode> users = new ConcurrentHashMap<>();
  final List<String> calls = new CopyOnWriteArrayList<>();
  final Map<String, RateLimit> limits = new ConcurrentHashMap<>();

  /** The tokens by which files were asked for. */
  final List<String> downloads = new CopyOnWriteArrayList<>();

  volatile boolean revoked;

  private final Map<String, Deque<String>> failures = new ConcurrentHashMap<>();
  private final Map<String, FakeResponses> responses = new ConcurrentHashMap<>();
  private final Map<String, JsonNode> posted = new ConcurrentHashMap<>();
  private final Set<String> triggers = ConcurrentHashMap.newKeySet();
  private final List<String> mistakes = new CopyOnWriteArrayList<>();
  private final AtomicLong clock = new AtomicLong(1_700_000_000_000_000L);
  private final AtomicInteger number = new AtomicInteger();
  private final Javalin server;

  FakeSlack() {
    scopes.addAll(Scopes.needed().keySet());
    scopes.addAll(Scopes.forPreviews().keySet());
    FakeMethods methods = new FakeMethods(this);
    server =
        Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.http.maxRequestSize = 20_000_000;
              config.routes.post("/api/{method}", methods::handle);
              config.routes.get("/oauth/v2/authorize", oauth::authorize);
              config.routes.post("/response/{id}", this::respond);
              config.routes.post("/upload/{id}", this::upload);
              config.routes.get("/files/{id}", this::download);
              config.routes.ws("/link", sockets::configure);
            });
    server.start("127.0.0.1", 0);
  }

  /** A file that somebody uploaded, or that the app sent. */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record FakeFile(
      String id,
      String name,
      byte[] content,
      String channel,
      String thread,
      String snippet,
      int looks,
      boolean complete) {
    /** Slack has looked at it only by the third time that somebody asks. */
    private static final int LOOKS = 3;

    FakeFile(
        String id, String name, byte[] content, String channel, String thread, String snippet) {
      this(id, name, content, channel, thread, snippet, 0, false);
    }

    FakeFile looked() {
      return new FakeFile(id, name, content, channel, thread, snippet, looks + 1, complete);
    }

    FakeFile completed(String where, String below) {
      return new FakeFile(id, name, content, where, below, snippet, looks, true);
    }

    boolean ready() {
      return complete && looks >= LOOKS;
    }

    boolean isPicture() {
      return content.length > 8 && content[1] == 'P' && content[2] == 'N' && content[3] == 'G';
    }
  }

  /** Calls a minute and how many may come at once. */
  static final class RateLimit {
    private final double perSecond;
    private final int burst;
    private final Map<String, double[]> buckets = new HashMap<>();

    RateLimit(int burst, double perSecond) {
      this.burst = burst;
      this.perSecond = perSecond;
    }

    synchronized boolean take(String key) {
      double now = System.nanoTime() / 1e9;
      double[] bucket = buckets.computeIfAbsent(key, k -> new double[] {burst, now});
      bucket[0] = Math.min(burst, bucket[0] + (now - bucket[1]) * perSecond);
      bucket[1] = now;
      if (bucket[0] < 1) {
        return false;
      }
      bucket[0]--;
      return true;
    }
  }

  /** The uses of one response address. */
  private static final class FakeResponses {
    final String channel;
    final String user;
    final AtomicInteger uses = new AtomicInteger();

    FakeResponses(String channel, String user) {
      this.channel = channel;
      this.user = user;
    }
  }

  String base() {
    return "http://127.0.0.1:" + server.port();
  }

  SlackSettings settings(SlackSettings.Mode mode) {
    return new SlackSettings(mode, BOT_TOKEN, APP_TOKEN, SECRET, URI.create(base() + "/api/"));
  }

  /** A channel with these members; the bot is one when it is named. */
  FakeSlack channel(String id, String... people) {
    members.put(id, new HashSet<>(List.of(people)));
    return this;
  }

  /** The next calls of a method fail: an error's code, {@code 429:SECONDS} or {@code 5xx}. */
  void failNext(String method, String... failures) {
    this.failures.computeIfAbsent(method, m -> new ArrayDeque<>()).addAll(List.of(failures));
  }

  @Nullable String nextFailure(String method) {
    Deque<String> queue = failures.get(method);
    if (queue == null) {
      return null;
    }
    synchronized (queue) {
      return queue.poll();
    }
  }

  String trigger() {
    String trigger = number.incrementAndGet() + ".1234567890." + Integer.toHexString(number.get());
    triggers.add(trigger);
    return trigger;
  }

  boolean useTrigger(String trigger) {
    return triggers.remove(trigger);
  }

  String responseUrl(String channel, String user) {
    String id = "R" + number.incrementAndGet();
    responses.put(id, new FakeResponses(channel, user));
    return base() + "/response/" + id;
  }

  String upload(String name, String content) {
    String id = newId("F");
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    files.put(id, new FakeFile(id, name, bytes, "", "", ""));
    return id;
  }

  /** A file as events describe it. */
  ObjectNode file(String id) {
    FakeFile file = Objects.requireNonNull(files.get(id), id);
    return json.createObjectNode()
        .put("id", id)
        .put("name", file.name())
        .put("size", file.content().length)
        .put("mode", "hosted")
        .put("url_private_download", base() + "/files/" + id);
  }

  String newId(String prefix) {
    return prefix + number.incrementAndGet();
  }

  /** The next timestamp. */
  String ts() {
    long micros = clock.addAndGet(1_000_100);
    return "%d.%06d".formatted(micros / 1_000_000, micros % 1_000_000);
  }

  void mistake(String what) {
    mistakes.add(what);
  }

  List<String> mistakes() {
    return List.copyOf(mistakes);
  }

  /** Messages in a channel that everybody there sees, oldest first. */
  List<FakeMessage> in(String channel) {
    return messages.stream().filter(m -> m.channel.equals(channel) && m.onlyFor.isEmpty()).toList();
  }

  /** Messages that one person alone sees. */
  List<FakeMessage> onlyFor(String user) {
    return messages.stream().filter(m -> m.onlyFor.equals(user)).toList();
  }

  /** Remembers what a person posted, for those who ask for the message later. */
  void remember(String channel, JsonNode message) {
    posted.put(channel + "/" + message.path("ts").asText(), message);
  }

  Optional<JsonNode> posted(String channel, String ts) {
    return Optional.ofNullable(posted.get(channel + "/" + ts));
  }

  /** Who wrote a message. */
  Optional<String> author(String channel, String ts) {
    return in(channel).stream().anyMatch(message -> message.ts.equals(ts))
        ? Optional.of(BOT)
        : posted(channel, ts).map(message -> message.path("user").asText());
  }

  int count(String method) {
    return (int) calls.stream().filter(method::equals).count();
  }

  private void respond(Context context) throws Exception {
    FakeResponses target = responses.get(context.pathParam("id"));
    if (target == null) {
      context.status(404).result("expired_url");
      return;
    }
    if (target.uses.incrementAndGet() > 5) {
      context.status(404).result("used_url");
      return;
    }
    JsonNode body = json.readTree(context.body());
    JsonNode blocks = body.path("blocks");
    List<String> wrong =
        blocks.isMissingNode() ? List.of() : BlockKitLimits.ofMessage(blocks, files::get);
    if (!wrong.isEmpty()) {
      mistake("response_url: " + wrong);
      context.status(400).result("invalid_blocks");
      return;
    }
    boolean toChannel = body.path("response_type").asText().equals("in_channel");
    messages.add(
        new FakeMessage(
            target.channel,
            ts(),
            "",
            body.path("text").asText(),
            blocks,
            toChannel ? "" : target.user));
    context.result("ok");
  }

  private void upload(Context context) {
    String id = context.pathParam("id");
    FakeFile announced = files.get(id);
    byte[] content = context.bodyAsBytes();
    if (announced == null || announced.content().length != content.length) {
      mistake("upload of " + id + " does not match what was announced");
      context.status(400);
      return;
    }
    files.put(id, new FakeFile(id, announced.name(), content, "", "", announced.snippet()));
    context.result("OK - " + content.length);
  }

  private void download(Context context) {
    String token = String.valueOf(context.header("Authorization")).replace("Bearer ", "");
    downloads.add(token);
    boolean good = token.equals(BOT_TOKEN) || oauth.knows(token);
    boolean allowed = good && scopes.contains("files:read");
    FakeFile file = files.get(context.pathParam("id"));
    if (!allowed) {
      context.contentType("text/html; charset=utf-8").result("<html>Sign in to Slack</html>");
    } else if (file == null) {
      context.status(404).result("not found");
    } else {
      context.contentType("application/octet-stream").result(file.content());
    }
  }

  @Override
  public void close() {
    sockets.close();
    server.stop();
  }

  /** Everything that was sent, as text. */
  List<String> transcript() {
    List<String> lines = new ArrayList<>();
    messages.forEach(message -> lines.add(message.toString()));
    return lines;
  }
}

package dev.reckon.adapters.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.reckon.core.calculate.Calculator;
import dev.reckon.core.policy.InlineGate;
import dev.reckon.core.policy.Policy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;

/**
 * A Bot API server over HTTP, strict where Telegram is: offsets confirm and forget, a second poller
 * is turned away, lengths count UTF-16 units, markup is parsed, nobody writes faster than allowed,
 * and edits must change something. It keeps what every chat shows.
 */
final class FakeTelegram implements AutoCloseable {
  static final String TOKEN = "4242:test-token";
  static final long BOT = 4242;
  static final String USERNAME = "reckon_test_bot";

  /** For adapters that wait for next to nothing. */
  static final TelegramAdapter.Timing QUICK =
      quick(Duration.ofMillis(20), Duration.ofMillis(30), System::nanoTime);

  private final HttpServer server;
  private final TelegramMethods methods = new TelegramMethods(this);
  private final TreeMap<Integer, ObjectNode> updates = new TreeMap<>();
  private final Map<String, Deque<Fault>> faults = new HashMap<>();
  private final List<Sent> log = new ArrayList<>();
  private final Map<String, byte[]> files = new HashMap<>();
  private int nextUpdate = 1000;
  private int pollers;
  private boolean down;
  private int confirmed;

  final Timeline timeline = new Timeline();
  final Map<Long, FakeChat> chats = new LinkedHashMap<>();
  final List<String> menu = new CopyOnWriteArrayList<>();
  final List<String> answered = new CopyOnWriteArrayList<>();
  final Set<String> inlineQueries = new HashSet<>();
  final Map<String, JsonNode> inlineAnswers = new LinkedHashMap<>();
  final Set<String> guestQueries = new HashSet<>();

  /** What messages in chats without the bot have shown, by their inline ids. */
  final Map<String, List<String>> guestMessages = new LinkedHashMap<>();

  volatile Optional<JsonNode> webhook = Optional.empty();
  Optional<String> webhookError = Optional.empty();
  boolean readsAll;
  boolean takesDrafts = true;

  /** Whether it knows rich messages. */
  volatile boolean takesRich = true;

  int perSecond = Integer.MAX_VALUE;

  /** One call that was answered. */
  record Sent(String method, JsonNode body, int code) {}

  /**
   * What goes wrong with the next call.
   *
   * @param code answered in its place; 0 cuts the line after the call was carried out, -1 before
   */
  record Fault(int code, String description, ObjectNode parameters) {}

  FakeTelegram() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 2048);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  /** The same with some pauses as a test needs them. */
  static TelegramAdapter.Timing quick(Duration pressHeld, Duration typing, LongSupplier nanoTime) {
    return new TelegramAdapter.Timing(
        new TelegramRateLimits(Duration.ofMillis(1), 1000, Duration.ofMillis(1)),
        Duration.ofMillis(60),
        pressHeld,
        typing,
        Duration.ofMillis(20),
        nanoTime);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** For adapters whose people stay in their chats. */
  static UnjoinedChats noUnjoinedChats() {
    return new UnjoinedChats(
        new InlineGate(() -> Policy.STANDARD, InstantSource.system()),
        (person, expression) -> new Calculator.Outcome.None("nothing is computed here"),
        () -> false);
  }

  /** For adapters whose chats have not chosen rich messages, and do not. */
  static RichChats noRichChats() {
    return new RichChats() {
      @Override
      public boolean wanted(long chat) {
        return false;
      }

      @Override
      public void choose(long chat, boolean rich, String person) {
        throw new AssertionError("nobody chooses here");
      }
    };
  }

  TelegramSettings settings() {
    return new TelegramSettings(
        TelegramSettings.Mode.POLLING, TOKEN, Optional.empty(), url(), Optional.empty());
  }

  synchronized FakeChat chat(long id) {
    return chats.computeIfAbsent(id, FakeChat::new);
  }

  /** Queues an update for polling, and returns its id. */
  synchronized int queue(ObjectNode update) {
    timeline.update(update);
    int id = nextUpdate++;
    update.put("update_id", id);
    updates.put(id, update);
    notifyAll();
    return id;
  }

  /** What somebody types after the bot's name, in a chat of theirs. */
  synchronized void type(long person, String query, String text) {
    inlineQueries.add(query);
    ObjectNode typed = TelegramJson.object().put("id", query).put("query", text).put("offset", "");
    typed.set("from", People.user(person, "Anna"));
    queue(People.update("inline_query", typed));
  }

  /** Somebody mentions the bot in a chat that it is not in. */
  synchronized void mention(long person, String query, ObjectNode message) {
    guestQueries.add(query);
    message.put("guest_query_id", query);
    message.set("from", People.user(person, "Anna"));
    queue(People.update("guest_message", message));
  }

  /** What the answer to a mention shows now, if it has one. */
  synchronized String guestText(String query) {
    List<String> shown = guestMessages.get("inline-" + query);
    return shown == null ? "" : shown.getLast();
  }

  synchronized Optional<JsonNode> inlineAnswer(String query) {
    return Optional.ofNullable(inlineAnswers.get(query));
  }

  /** After a quiet week Telegram takes any number for the next update. */
  synchronized void quietWeek(int next) {
    nextUpdate = next;
  }

  /** Updates that nobody has confirmed yet. */
  synchronized int waiting() {
    return updates.size();
  }

  /** Nothing goes wrong with that method any more. */
  synchronized void recover(String method) {
    faults.remove(method);
  }

  synchronized int confirmed() {
    return confirmed;
  }

  /** The line is dead: every connection is closed without an answer. */
  synchronized void down(boolean down) {
    this.down = down;
    notifyAll();
  }

  synchronized void fail(String method, int code, String description) {
    fail(method, code, description, TelegramJson.object());
  }

  synchronized void fail(String method, int code, String description, ObjectNode parameters) {
    faults
        .computeIfAbsent(method, key -> new ArrayDeque<>())
        .add(new Fault(code, description, parameters));
  }

  synchronized String file(byte[] content) {
    String id = "file-" + files.size();
    files.put(id, content);
    return id;
  }

  synchronized List<Sent> log() {
    return List.copyOf(log);
  }

  synchronized long calls(String method) {
    return log.stream().filter(sent -> sent.method().equals(method)).count();
  }

  synchronized long refused() {
    return log.stream().filter(sent -> sent.code() == 429).count();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (isDown()) {
      exchange.close();
      return;
    }
    if (path.startsWith("/file/bot" + TOKEN + "/")) {
      sendFile(exchange, path.substring(path.lastIndexOf('/') + 1));
      return;
    }
    if (!path.startsWith("/bot" + TOKEN + "/")) {
      respond(exchange, TelegramAnswer.failure(401, "Unauthorized"));
      return;
    }
    String method = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    JsonNode arguments = TelegramJson.arguments(exchange.getRequestHeaders(), body);
    Optional<Fault> fault = fault(method);
    if (fault.isPresent() && fault.get().code() < 0) {
      exchange.close();
      return;
    }
    TelegramAnswer answer =
        fault.isPresent() && fault.get().code() > 0
            ? new TelegramAnswer(
                fault.get().code(), fault.get().description(), fault.get().parameters())
            : answer(method, arguments);
    note(method, arguments, answer.code());
    if (isDown() || (fault.isPresent() && fault.get().code() == 0)) {
      exchange.close();
      return;
    }
    respond(exchange, answer);
  }

  private synchronized boolean isDown() {
    return down;
  }

  private synchronized Optional<Fault> fault(String method) {
    Deque<Fault> waiting = faults.get(method);
    return waiting == null ? Optional.empty() : Optional.ofNullable(waiting.poll());
  }

  private synchronized void note(String method, JsonNode arguments, int code) {
    log.add(new Sent(method, arguments, code));
  }

  private TelegramAnswer answer(String method, JsonNode arguments) {
    if (method.equals("getupdates")) {
      return poll(
          arguments.path("offset").asInt(),
          arguments.path("limit").asInt(100),
          arguments.path("timeout").asInt());
    }
    synchronized (this) {
      return methods.answer(method, arguments);
    }
  }

  /** Everything below the offset is forgotten for good, as with Telegram. */
  private synchronized TelegramAnswer poll(int offset, int limit, int seconds) {
    if (webhook.isPresent()) {
      return TelegramAnswer.failure(
          409, "Conflict: can't use getUpdates method while webhook is active");
    }
    int me = ++pollers;
    notifyAll();
    if (offset > nextUpdate) {
      // An offset beyond the last update confirms nothing, and all updates are returned.
      return poll(updates.isEmpty() ? nextUpdate : updates.firstKey(), limit, seconds);
    }
    updates.headMap(offset).clear();
    confirmed = Math.max(confirmed, offset - 1);
    long until = System.nanoTime() + seconds * 1_000_000_000L;
    while (updates.tailMap(offset).isEmpty() && System.nanoTime() < until && !down) {
      try {
        wait(Math.max(1, (until - System.nanoTime()) / 1_000_000));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
      if (me != pollers) {
        return TelegramAnswer.failure(
            409,
            "Conflict: terminated by other getUpdates request; make sure that only one bot instance"
                + " is running");
      }
    }
    ArrayNode result = TelegramJson.array();
    updates.tailMap(offset).values().stream().limit(limit).forEach(result::add);
    return TelegramAnswer.success(result);
  }

  synchronized Optional<byte[]> content(String id) {
    return Optional.ofNullable(files.get(id));
  }

  private void sendFile(HttpExchange exchange, String id) throws IOException {
    Optional<byte[]> content = content(id);
    if (content.isEmpty()) {
      respond(exchange, TelegramAnswer.failure(404, "Not Found"));
      return;
    }
    exchange.sendResponseHeaders(200, content.get().length == 0 ? -1 : content.get().length);
    exchange.getResponseBody().write(content.get());
    exchange.close();
  }

  private static void respond(HttpExchange exchange, TelegramAnswer answer) throws IOException {
    byte[] body = answer.json().toString().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(answer.code(), body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    down(true);
    server.stop(0);
  }
}

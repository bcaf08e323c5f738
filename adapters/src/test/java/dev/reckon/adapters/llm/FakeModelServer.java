package dev.reckon.adapters.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An OpenAI-compatible server on 127.0.0.1 that plays a script: each call takes the next answer, or
 * asks a function for one. A script that runs dry answers 400 and says so.
 */
public final class FakeModelServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** One answer. */
  public record Answer(int status, Map<String, String> headers, String body) {
    /** A chat completion with 100 tokens in and 20 out. */
    public static Answer text(String content) {
      ObjectNode body = JSON.createObjectNode();
      body.put("id", "chatcmpl-1")
          .put("object", "chat.completion")
          .put("created", 1)
          .put("model", "m");
      ObjectNode choice = body.putArray("choices").addObject();
      choice.put("index", 0).put("finish_reason", "stop");
      choice.putObject("message").put("role", "assistant").put("content", content);
      body.putObject("usage")
          .put("prompt_tokens", 100)
          .put("completion_tokens", 20)
          .put("total_tokens", 120);
      return json(200, body.toString());
    }

    /** An error as OpenAI words it. */
    public static Answer error(int status, String message) {
      ObjectNode body = JSON.createObjectNode();
      body.putObject("error").put("message", message).put("type", "error").putNull("code");
      return json(status, body.toString());
    }

    public static Answer json(int status, String body) {
      return new Answer(status, Map.of("Content-Type", "application/json"), body);
    }

    public Answer with(String header, String value) {
      return new Answer(status, Map.of("Content-Type", "application/json", header, value), body);
    }
  }

  /** One call as it came in. */
  public record Call(Map<String, List<String>> headers, String protocol, JsonNode body) {
    /** The text of the last message with that role, or empty. */
    public String last(String role) {
      String text = "";
      for (JsonNode message : body.path("messages")) {
        if (message.path("role").asText().equals(role)) {
          text = message.path("content").asText();
        }
      }
      return text;
    }

    public @Nullable String header(String name) {
      List<String> values = headers.get(name);
      return values == null ? null : values.getFirst();
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Queue<Answer> script = new ConcurrentLinkedQueue<>();
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile @Nullable Function<Call, Answer> answers;
  private volatile boolean silent;

  public FakeModelServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 2048);
    server.setExecutor(threads);
    server.createContext("/v1/chat/completions", this::complete);
    server.createContext(
        "/v1/models",
        exchange -> send(exchange, Answer.json(200, "{\"object\":\"list\",\"data\":[]}")));
    server.start();
  }

  /** What {@code model.base_url} is to be. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  /** Adds answers to the script. */
  public FakeModelServer answer(Answer... next) {
    script.addAll(List.of(next));
    return this;
  }

  /** Adds replies to the script. */
  public FakeModelServer say(String... texts) {
    for (String text : texts) {
      script.add(Answer.text(text));
    }
    return this;
  }

  /** Answers every call by what it asks, once the script is empty. */
  public FakeModelServer answerBy(Function<Call, Answer> function) {
    answers = function;
    return this;
  }

  /** From here on calls are taken and never answered. */
  public FakeModelServer fallSilent() {
    silent = true;
    return this;
  }

  /** Every call until now, in order. */
  public List<Call> calls() {
    return List.copyOf(calls);
  }

  /** How many answers nobody asked for yet. */
  public int left() {
    return script.size();
  }

  private void complete(HttpExchange exchange) throws IOException {
    JsonNode body;
    try {
      body = JSON.readTree(exchange.getRequestBody().readAllBytes());
    } catch (JsonProcessingException e) {
      send(exchange, Answer.error(400, "the request is no JSON"));
      return;
    }
    Call call = new Call(exchange.getRequestHeaders(), exchange.getProtocol(), body);
    calls.add(call);
    if (silent) {
      awaitClose();
      return;
    }
    Answer next = script.poll();
    Function<Call, Answer> function = answers;
    if (next == null) {
      next =
          function == null
              ? Answer.error(400, "the fake server's script has run dry")
              : function.apply(call);
    }
    send(exchange, next);
  }

  private void awaitClose() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}

package dev.reckon.adapters.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsContext;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * The WebSocket side of Socket Mode: says hello, delivers envelopes, waits for acknowledgements.
 */
final class FakeSockets {
  private final List<WsContext> connections = new CopyOnWriteArrayList<>();
  private final Map<String, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();

  void configure(WsConfig config) {
    config.onConnect(
        context -> {
          connections.add(context);
          context.send("{\"type\":\"hello\",\"num_connections\":1}");
        });
    config.onMessage(
        context -> {
          JsonNode answer = FakeSlack.json.readTree(context.message());
          CompletableFuture<JsonNode> future = waiting.remove(answer.path("envelope_id").asText());
          if (future != null) {
            future.complete(answer.path("payload"));
          }
        });
    config.onClose(context -> connections.remove(find(context)));
  }

  private WsContext find(WsContext closed) {
    return connections.stream()
        .filter(each -> each.sessionId().equals(closed.sessionId()))
        .findFirst()
        .orElse(closed);
  }

  int connected() {
    return connections.size();
  }

  /** Sends an envelope on the newest connection; the future has the acknowledgement's payload. */
  CompletableFuture<JsonNode> deliver(String type, JsonNode payload) {
    String id = UUID.randomUUID().toString();
    CompletableFuture<JsonNode> acknowledged = new CompletableFuture<>();
    waiting.put(id, acknowledged);
    ObjectNode envelope =
        FakeSlack.json
            .createObjectNode()
            .put("type", type)
            .put("envelope_id", id)
            .put("accepts_response_payload", !type.equals("events_api"));
    envelope.set("payload", payload);
    connections.getLast().send(envelope.toString());
    return acknowledged.orTimeout(10, TimeUnit.SECONDS);
  }

  /** Whether what was sent was acknowledged; not while nothing is connected, or when that ends. */
  boolean acknowledged(String type, JsonNode payload) throws InterruptedException {
    if (connected() == 0) {
      return false;
    }
    try {
      deliver(type, payload).get();
      return true;
    } catch (ExecutionException | RuntimeException e) {
      return false; // the connection ended with the process
    }
  }

  /** Announces that a connection will end, as Slack does every few hours. */
  void refresh() {
    connections.forEach(
        each -> each.send("{\"type\":\"disconnect\",\"reason\":\"refresh_requested\"}"));
  }

  /** Loses all connections without a word. */
  void drop() {
    connections.forEach(each -> each.session.disconnect());
  }

  void close() {
    connections.forEach(WsContext::closeSession);
  }
}

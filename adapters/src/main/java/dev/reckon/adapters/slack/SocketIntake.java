package dev.reckon.adapters.slack;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.slack.api.bolt.App;
import com.slack.api.bolt.response.Response;
import com.slack.api.bolt.socket_mode.request.SocketModeRequest;
import com.slack.api.bolt.socket_mode.request.SocketModeRequestParser;
import com.slack.api.methods.SlackApiException;
import com.slack.api.socket_mode.SocketModeClient;
import com.slack.api.socket_mode.impl.SocketModeClientJavaWSImpl;
import com.slack.api.socket_mode.queue.impl.ConcurrentLinkedMessageQueue;
import com.slack.api.util.json.GsonFactory;
import java.io.IOException;
import java.net.URISyntaxException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Socket Mode: a WebSocket that the SDK keeps open, and reopens when Slack asks for it or when
 * pings are not answered. Envelopes are handed to Bolt one after another, in the order they came,
 * and acknowledged once they are stored; what is not acknowledged Slack delivers again.
 */
final class SocketIntake implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SocketIntake.class);
  private static final int PROCESSORS = 10;
  private static final long LOOK_AFTER_CONNECTION_MILLIS = 2_000;

  private final App app;
  private final SocketModeClient client;
  private final SocketModeRequestParser parser;
  private final Gson gson = GsonFactory.createSnakeCase();
  private volatile boolean connected;

  private SocketIntake(App app, SocketModeClient client) {
    this.app = app;
    this.client = client;
    this.parser = new SocketModeRequestParser(app.config());
  }

  /**
   * Opens the connection.
   *
   * @throws SlackFailure when Slack does not give one
   */
  static SocketIntake open(App app, SlackSettings settings) throws SlackFailure {
    try {
      SocketModeClient client =
          new SocketModeClientJavaWSImpl(
              app.slack(),
              settings.appToken(),
              app.slack().issueSocketModeUrl(settings.appToken()),
              PROCESSORS,
              new ConcurrentLinkedMessageQueue(),
              true,
              true,
              LOOK_AFTER_CONNECTION_MILLIS);
      SocketIntake intake = new SocketIntake(app, client);
      client.addWebSocketMessageListener(intake::take);
      client.addWebSocketCloseListener((code, reason) -> intake.closed(code));
      try {
        app.start();
        client.connect();
        return intake;
      } catch (IOException | RuntimeException e) {
        // Its threads would go on for as long as the program.
        intake.close();
        throw e;
      }
    } catch (IOException e) {
      if (e.getCause() instanceof SlackApiException refusal) {
        throw SlackFailure.of("apps.connections.open", refusal);
      }
      throw SlackFailure.of("apps.connections.open", e);
    } catch (URISyntaxException e) {
      throw SlackFailure.of("apps.connections.open", new IOException("no address was given", e));
    }
  }

  private void take(String message) {
    if (!connected) {
      connected = true;
      LOG.info("connected to Slack");
    }
    SocketModeRequest request;
    try {
      request = parser.parse(message);
    } catch (RuntimeException e) {
      LOG.warn("an envelope from Slack could not be parsed: {}", e.toString());
      return;
    }
    if (request == null || request.getBoltRequest() == null) {
      return;
    }
    try {
      Response response = app.run(request.getBoltRequest());
      if (response.getStatusCode() == 200) {
        acknowledge(request.getEnvelope().getEnvelopeId(), response);
      } else {
        LOG.warn("an envelope was not processed: status {}", response.getStatusCode());
      }
    } catch (Exception e) {
      // Not acknowledged: Slack delivers it again.
      LOG.error("an envelope from Slack could not be processed", e);
    }
  }

  private void acknowledge(String envelope, Response response) {
    JsonObject answer = new JsonObject();
    answer.addProperty("envelope_id", envelope);
    String body = response.getBody();
    if (body != null && !body.isEmpty()) {
      if (response.getContentType().startsWith("application/json")) {
        answer.add("payload", gson.fromJson(body, JsonElement.class));
      } else {
        JsonObject payload = new JsonObject();
        payload.addProperty("text", body);
        answer.add("payload", payload);
      }
    }
    client.sendSocketModeResponse(gson.toJson(answer));
  }

  /** The SDK opens the next connection before Slack closes the last, so a close is looked into. */
  private void closed(int code) {
    Thread.ofVirtual()
        .name("slack-connection-lost")
        .start(
            () -> {
              connected = client.verifyConnection();
              if (!connected) {
                LOG.info("the connection to Slack was lost (code {}); connecting again", code);
              }
            });
  }

  /** Asks the other side whether it is still there; takes up to some seconds. */
  boolean isAlive() {
    connected = client.verifyConnection();
    return connected;
  }

  boolean connected() {
    return connected;
  }

  @Override
  public void close() throws IOException {
    connected = false;
    client.close();
    app.stop();
  }
}

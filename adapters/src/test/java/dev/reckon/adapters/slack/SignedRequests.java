package dev.reckon.adapters.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.slack.api.app_backend.SlackSignature;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** Posts to {@code /slack/events} what Slack would, signed as Slack signs it, or not. */
final class SignedRequests implements AutoCloseable {
  private static final String FORM = "application/x-www-form-urlencoded";

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI events;

  SignedRequests(int port) {
    this.events = URI.create("http://127.0.0.1:" + port + "/slack/events");
  }

  /** By the names that Socket Mode has for what is delivered, in the form that HTTP gives it. */
  HttpResponse<String> deliver(String type, JsonNode payload)
      throws IOException, InterruptedException {
    return switch (type) {
      case "events_api" -> signed("application/json", payload.toString());
      case "interactive" -> signed(FORM, "payload=" + encoded(payload.toString()));
      case "slash_commands" ->
          signed(
              FORM,
              payload.properties().stream()
                  .map(field -> field.getKey() + "=" + encoded(field.getValue().asText()))
                  .collect(Collectors.joining("&")));
      default -> throw new IllegalArgumentException("Slack delivers no " + type);
    };
  }

  HttpResponse<String> signed(String type, String body) throws IOException, InterruptedException {
    long now = System.currentTimeMillis() / 1_000;
    return send(type, body, now, signature(now, body));
  }

  HttpResponse<String> send(String type, String body, long timestamp, String signature)
      throws IOException, InterruptedException {
    return client.send(
        request(type, body)
            .header("X-Slack-Request-Timestamp", String.valueOf(timestamp))
            .header("X-Slack-Signature", signature)
            .build(),
        BodyHandlers.ofString());
  }

  HttpResponse<String> unsigned(String body) throws IOException, InterruptedException {
    return client.send(request("application/json", body).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String type, String body) {
    return HttpRequest.newBuilder(events)
        .header("Content-Type", type)
        .POST(BodyPublishers.ofString(body));
  }

  static String signature(long timestamp, String body) {
    return new SlackSignature.Generator(FakeSlack.SECRET).generate(String.valueOf(timestamp), body);
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    client.close();
  }
}

package dev.reckon.adapters.slack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.slack.api.bolt.App;
import com.slack.api.bolt.request.Request;
import com.slack.api.bolt.request.RequestHeaders;
import com.slack.api.bolt.response.Response;
import com.slack.api.bolt.util.SlackRequestParser;
import io.javalin.http.Context;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands requests from the HTTP server to Bolt. The signature is checked on the bare body before
 * anything is parsed, so that strangers can feed the parser nothing.
 */
final class HttpIntake {
  private static final Logger LOG = LoggerFactory.getLogger(HttpIntake.class);

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PAYLOAD = "payload=";

  /** What a slash command always has. */
  private static final List<Pattern> COMMAND =
      Stream.of("command", "user_id", "channel_id")
          .map(name -> Pattern.compile("(?:^|&)" + name + "=[^&]"))
          .toList();

  private final App app;
  private final SlackRequestParser parser;
  private final SlackSignatureCheck check;

  HttpIntake(App app, SlackSignatureCheck check) {
    this.app = app;
    this.parser = new SlackRequestParser(app.config());
    this.check = check;
  }

  void handle(Context context) {
    String body = context.body();
    Optional<String> refusal =
        check.refusal(name -> Optional.ofNullable(context.header(name)), body);
    if (refusal.isPresent()) {
      LOG.info("a request without a valid signature was refused");
      context.status(401).result(refusal.get());
      return;
    }
    Request<?> request = parse(context, body);
    if (request == null) {
      context.status(400).result("not a request that Reckon knows");
      return;
    }
    try {
      Response response = app.run(request);
      context.status(response.getStatusCode()).contentType(response.getContentType());
      response.getHeaders().forEach((name, values) -> values.forEach(v -> context.header(name, v)));
      if (response.getBody() != null) {
        context.result(response.getBody());
      }
    } catch (Exception e) {
      // Not acknowledged: Slack delivers it again.
      LOG.error("a request from Slack could not be processed", e);
      context.status(500).result("not taken in");
    }
  }

  private @Nullable Request<?> parse(Context context, String body) {
    if (!isWellFormed(body)) {
      LOG.warn("a signed request is neither a JSON object nor a form that Slack sends");
      return null;
    }
    Map<String, List<String>> headers = new HashMap<>();
    context.headerMap().forEach((name, value) -> headers.put(name, List.of(value)));
    try {
      return parser.parse(
          SlackRequestParser.HttpRequest.builder()
              .requestUri(context.path())
              .queryString(Map.of())
              .requestBody(body)
              .headers(new RequestHeaders(headers))
              .remoteAddress(context.ip())
              .build());
    } catch (RuntimeException e) {
      LOG.warn("a signed request could not be parsed: {}", e.toString());
      return null;
    }
  }

  /** A JSON object, a form whose payload is one, or the form of a slash command. */
  private static boolean isWellFormed(String body) {
    int payload = body.indexOf(PAYLOAD);
    if (payload == 0 || (payload > 0 && body.charAt(payload - 1) == '&')) {
      int end = body.indexOf('&', payload);
      String value = body.substring(payload + PAYLOAD.length(), end < 0 ? body.length() : end);
      return isObject(decoded(value));
    }
    return COMMAND.stream().allMatch(name -> name.matcher(body).find()) || isObject(body);
  }

  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static boolean isObject(String text) {
    try {
      return JSON.readTree(text).isObject();
    } catch (JsonProcessingException e) {
      return false;
    }
  }
}

package dev.reckon.adapters.slack;

import com.slack.api.app_backend.SlackSignature;
import com.slack.api.bolt.App;
import com.slack.api.bolt.request.Request;
import com.slack.api.bolt.request.RequestHeaders;
import com.slack.api.bolt.response.Response;
import com.slack.api.bolt.util.SlackRequestParser;
import io.javalin.http.Context;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands requests from the HTTP server to Bolt. The signature and its age (five minutes at most) are
 * checked on the bare body before anything is parsed, so that strangers can feed the parser
 * nothing.
 */
final class HttpIntake {
  private static final Logger log = LoggerFactory.getLogger(HttpIntake.class);

  private final App app;
  private final SlackRequestParser parser;
  private final SlackSignature.Verifier verifier;

  HttpIntake(App app, SlackSettings settings) {
    this.app = app;
    this.parser = new SlackRequestParser(app.config());
    this.verifier =
        new SlackSignature.Verifier(new SlackSignature.Generator(settings.signingSecret()));
  }

  void handle(Context context) {
    String body = context.body();
    String timestamp = context.header(SlackSignature.HeaderNames.X_SLACK_REQUEST_TIMESTAMP);
    String signature = context.header(SlackSignature.HeaderNames.X_SLACK_SIGNATURE);
    if (timestamp == null || signature == null || !verifier.isValid(timestamp, body, signature)) {
      log.info("a request without a valid signature was refused");
      context.status(401).result("not signed by Slack, or too old");
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
      log.error("a request from Slack could not be taken in", e);
      context.status(500).result("not taken in");
    }
  }

  private @Nullable Request<?> parse(Context context, String body) {
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
      log.warn("a signed request could not be parsed: {}", e.toString());
      return null;
    }
  }
}

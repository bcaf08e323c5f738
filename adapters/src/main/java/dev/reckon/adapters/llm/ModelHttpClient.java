package dev.reckon.adapters.llm;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP client below langchain4j: HTTP/1.1 only, since some local servers drop the body of an
 * upgrade request (langchain4j issues 3682 and 3883); one limit for the whole exchange, a slow body
 * included; a bounded body; and {@code Retry-After} kept, which langchain4j's own client drops.
 *
 * <p>Interrupting the caller ends the exchange. Safe for use by any number of threads.
 */
final class ModelHttpClient implements HttpClient {
  private static final long MAX_BODY_BYTES = 8L * 1024 * 1024;

  private final java.net.http.HttpClient client;
  private final Duration timeout;
  private final Clock clock;

  ModelHttpClient(java.net.http.HttpClient client, Duration timeout, Clock clock) {
    this.client = client;
    this.timeout = timeout;
    this.clock = clock;
  }

  @Override
  public SuccessfulHttpResponse execute(HttpRequest request) {
    var builder = java.net.http.HttpRequest.newBuilder(URI.create(request.url()));
    request
        .headers()
        .forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
    builder.method(
        request.method().name(),
        request.body() == null
            ? java.net.http.HttpRequest.BodyPublishers.noBody()
            : java.net.http.HttpRequest.BodyPublishers.ofString(request.body()));
    HttpResponse<byte[]> response = send(builder.build());
    if (response.statusCode() / 100 != 2) {
      throw new ServerRefusal(
          response.statusCode(),
          new String(response.body(), StandardCharsets.UTF_8),
          response.headers().firstValue("Retry-After").map(this::pause).orElse(null));
    }
    return SuccessfulHttpResponse.builder()
        .statusCode(response.statusCode())
        .headers(response.headers().map())
        .body(ReplyBody.plain(response.body()))
        .build();
  }

  private HttpResponse<byte[]> send(java.net.http.HttpRequest request) {
    CompletableFuture<HttpResponse<byte[]>> sent =
        client.sendAsync(
            request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BODY_BYTES));
    try {
      return sent.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      sent.cancel(true);
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (TimeoutException e) {
      sent.cancel(true);
      throw new dev.langchain4j.exception.TimeoutException(e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io
          ? new UncheckedIOException(io)
          : new IllegalStateException(e.getCause());
    }
  }

  /** {@code Retry-After} is a number of seconds or a date (RFC 9110, section 10.2.3). */
  private @Nullable Duration pause(String retryAfter) {
    try {
      return Duration.ofMillis(Math.max(0, Math.round(Double.parseDouble(retryAfter) * 1000)));
    } catch (NumberFormatException notSeconds) {
      try {
        ZonedDateTime until = ZonedDateTime.parse(retryAfter, DateTimeFormatter.RFC_1123_DATE_TIME);
        Duration pause = Duration.between(clock.instant(), until);
        return pause.isNegative() ? Duration.ZERO : pause;
      } catch (DateTimeException notADate) {
        return null;
      }
    }
  }

  @Override
  public void execute(
      HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
    throw new UnsupportedOperationException("nothing here streams");
  }

  /** What langchain4j asks for a client; its time-outs are ours already. */
  static HttpClientBuilder builder(java.net.http.HttpClient client, Duration timeout, Clock clock) {
    return new HttpClientBuilder() {
      @Override
      public @Nullable Duration connectTimeout() {
        return null;
      }

      @Override
      public HttpClientBuilder connectTimeout(Duration ignored) {
        return this;
      }

      @Override
      public Duration readTimeout() {
        return timeout;
      }

      @Override
      public HttpClientBuilder readTimeout(Duration ignored) {
        return this;
      }

      @Override
      public HttpClient build() {
        return new ModelHttpClient(client, timeout, clock);
      }
    };
  }
}

package dev.reckon.adapters.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.ServerConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running server. {@code GET /health/live} answers 200 while the process serves requests; {@code
 * GET /health/ready} answers 200 when everything that was handed over is ready, else 503, with one
 * word for each in JSON. Callers are held to {@link HttpBounds}: however many of them are slow or
 * say nothing, others are answered. Safe for use by any number of threads.
 */
public final class HttpServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Javalin server;

  private HttpServer(Javalin server) {
    this.server = server;
  }

  /**
   * Starts to listen.
   *
   * @param endpoints what to serve besides health; paths must differ
   * @param readiness what {@code /health/ready} asks
   * @throws IllegalStateException when the address is taken or not allowed; the message says what
   *     to change
   */
  public static HttpServer start(
      HttpSettings settings, List<Endpoint> endpoints, List<Readiness> readiness) {
    return start(settings, endpoints, List.of(), readiness);
  }

  /**
   * The same with streams.
   *
   * @param streams addresses that send events
   */
  public static HttpServer start(
      HttpSettings settings,
      List<Endpoint> endpoints,
      List<EventStream> streams,
      List<Readiness> readiness) {
    Javalin server =
        Javalin.create(
            config -> {
              quiet(config);
              bound(config, settings, endpoints, streams);
              addRoutes(config.routes, endpoints, readiness);
            });
    try {
      server.start();
    } catch (RuntimeException e) {
      throw new IllegalStateException(
          "cannot listen on %s:%d (%s); set http.port to a free port"
              .formatted(settings.host(), settings.port(), e.getMessage()),
          e);
    }
    LOG.info("listening on http://{}:{}", settings.host(), server.port());
    return new HttpServer(server);
  }

  private static void quiet(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
  }

  private static void bound(
      JavalinConfig config,
      HttpSettings settings,
      List<Endpoint> endpoints,
      List<EventStream> streams) {
    HttpBounds bounds = settings.bounds();
    config.router.ignoreTrailingSlashes = false;
    config.http.maxRequestSize =
        endpoints.stream()
            .mapToInt(endpoint -> endpoint.bodyBytes(bounds))
            .max()
            .orElse(bounds.bodyBytes());
    config.jetty.modifyServer(
        server ->
            server.setHandler(
                new EventStreamHandler(streams, new BodyReceiver(bounds, endpoints))));
    config.jetty.addConnector(
        (server, http) -> {
          ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
          connector.setHost(settings.host());
          connector.setPort(settings.port());
          connector.addBean(new ConnectionLimit(bounds.connections()));
          return connector;
        });
  }

  private static void addRoutes(
      RoutesConfig routes, List<Endpoint> endpoints, List<Readiness> readiness) {
    routes.get("/health/live", context -> context.result("live"));
    routes.get("/health/ready", context -> answerReady(context, readiness));
    for (Endpoint endpoint : endpoints) {
      switch (endpoint.method()) {
        case GET -> routes.get(endpoint.path(), checked(endpoint));
        case POST -> routes.post(endpoint.path(), checked(endpoint));
      }
    }
    routes.exception(
        Exception.class,
        (e, context) -> {
          // The endpoint, not the path, which may hold a token of a shared link.
          LOG.error("a request failed: {} {}", context.method(), context.endpoint().path, e);
          context.status(500).result("internal error");
        });
  }

  /**
   * Checks what a request's headers must show, unless that was done before its body was received:
   * no other spelling of a path leads past the check.
   */
  private static Handler checked(Endpoint endpoint) {
    return context -> {
      boolean known = endpoint.path().equals(context.attribute(BodyReceiver.CHECKED));
      Optional<String> refusal =
          known
              ? Optional.empty()
              : endpoint.check().refusal(name -> Optional.ofNullable(context.header(name)));
      if (refusal.isPresent()) {
        RefusalFormat.Refusal answer = endpoint.refusals().of(401, refusal.get());
        answer.headers().forEach(context::header);
        context.status(401).result(answer.body());
      } else {
        endpoint.handler().handle(context);
      }
    };
  }

  private static void answerReady(Context context, List<Readiness> readiness) throws Exception {
    Map<String, String> states = new TreeMap<>();
    boolean ready = true;
    for (Readiness check : readiness) {
      boolean good = check.ready().getAsBoolean();
      ready &= good || !check.needed();
      states.put(check.name(), good ? "ready" : "not ready");
    }
    context.status(ready ? 200 : 503).contentType("application/json");
    context.result(JSON.writeValueAsString(Map.of("ready", ready, "parts", states)));
  }

  /** The port it listens on, also when a free one was asked for. */
  public int port() {
    return server.port();
  }

  /** Stops listening; requests under way are finished first. */
  @Override
  public void close() {
    server.stop();
  }
}

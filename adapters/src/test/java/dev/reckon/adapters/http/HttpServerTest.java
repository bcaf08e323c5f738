package dev.reckon.adapters.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HttpServerTest {
  private static final HttpSettings ANY_PORT = new HttpSettings("127.0.0.1", 0);

  @Test
  void servesWhatSurfacesAdd() throws Exception {
    Endpoint echo = new Endpoint(Endpoint.Method.POST, "/echo", c -> c.result(c.body()));
    try (HttpServer server = HttpServer.start(ANY_PORT, List.of(echo), List.of())) {
      assertEquals("hello", post(server, "/echo", "hello").body());
      assertEquals(404, get(server, "/other").statusCode());
    }
  }

  @Test
  void tellsWhetherEverythingIsReady() throws Exception {
    AtomicBoolean connected = new AtomicBoolean();
    List<Readiness> checks =
        List.of(new Readiness("slack", connected::get), new Readiness("store", () -> true));
    try (HttpServer server = HttpServer.start(ANY_PORT, List.of(), checks)) {
      assertEquals(200, get(server, "/health/live").statusCode());
      HttpResponse<String> before = get(server, "/health/ready");
      assertEquals(503, before.statusCode());
      assertTrue(before.body().contains("\"slack\":\"not ready\""), before.body());
      connected.set(true);
      assertEquals(200, get(server, "/health/ready").statusCode());
    }
  }

  @Test
  void servesStreamsUntilTheyEndAndSaysWhyThereIsNone() throws Exception {
    EventStream stream =
        new EventStream(
            "/events/",
            request ->
                request.name().equals("count")
                    ? new EventStream.Opened.Accepted(
                        Map.of("X-From", request.query().apply("from").orElse("")),
                        sink -> {
                          for (int i = 1; i <= 3; i++) {
                            sink.event("number", "line\none " + i, Integer.toString(i));
                          }
                        })
                    : new EventStream.Opened.Refused(404, "no such stream"));
    try (HttpServer server = HttpServer.start(ANY_PORT, List.of(), List.of(stream), List.of())) {
      HttpResponse<String> counted = get(server, "/events/count?from=1");
      assertEquals("1", counted.headers().firstValue("X-From").orElse(""));
      assertTrue(
          counted.body().endsWith("id: 3\nevent: number\ndata: line one 3\n\n"), counted.body());
      assertEquals(404, get(server, "/events/other").statusCode());
      assertEquals(200, get(server, "/health/live").statusCode());
    }
  }

  @Test
  void hidesFaultsFromTheCaller() throws Exception {
    Endpoint broken =
        new Endpoint(
            Endpoint.Method.GET,
            "/broken",
            c -> {
              throw new IllegalStateException("the secret is 42");
            });
    try (HttpServer server = HttpServer.start(ANY_PORT, List.of(broken), List.of())) {
      HttpResponse<String> response = get(server, "/broken");
      assertEquals(500, response.statusCode());
      assertEquals("internal error", response.body());
    }
  }

  @Test
  void refusesHugeRequests() throws Exception {
    Endpoint echo = new Endpoint(Endpoint.Method.POST, "/echo", c -> c.result(c.body()));
    try (HttpServer server = HttpServer.start(ANY_PORT, List.of(echo), List.of())) {
      String tooLarge = "x".repeat(16_000_000);
      for (int i = 0; i < 20; i++) {
        assertEquals(413, post(server, "/echo", tooLarge).statusCode());
      }
    }
  }

  @Test
  void noOtherSpellingOfAPathLeadsPastTheCheck() throws Exception {
    Endpoint secret =
        new Endpoint(
            Endpoint.Method.POST,
            "/hook",
            headers -> Optional.of("the secret does not match"),
            c -> c.result("taken"));
    try (HttpServer server = HttpServer.start(ANY_PORT, List.of(secret), List.of())) {
      assertEquals(401, post(server, "/hook", "{}").statusCode());
      for (String spelling :
          List.of("/hook/", "//hook", "/hook//", "/HOOK", "/%68ook", "/hook;a=b", "/x/../hook")) {
        HttpResponse<String> response = post(server, spelling, "{}");
        assertTrue(Set.of(400, 401, 404).contains(response.statusCode()), spelling);
        assertFalse(response.body().contains("taken"), spelling);
      }
    }
  }

  @Test
  void checksHeadersOnceAndOfEveryMethod() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    HeaderCheck check =
        headers -> {
          asked.incrementAndGet();
          return headers.apply("X-Key").isPresent() ? Optional.empty() : Optional.of("no key");
        };
    List<Endpoint> both =
        List.of(
            new Endpoint(Endpoint.Method.POST, "/a", check, c -> c.result("taken")),
            new Endpoint(Endpoint.Method.GET, "/a", check, c -> c.result("shown")));
    try (HttpServer server = HttpServer.start(ANY_PORT, both, List.of())) {
      HttpRequest.Builder request = HttpRequest.newBuilder(uri(server, "/a"));
      assertEquals(
          401, send(request.copy().POST(BodyPublishers.ofString("x")).build()).statusCode());
      assertEquals(401, send(request.copy().build()).statusCode());
      assertEquals(2, asked.get());
      request.header("X-Key", "k");
      assertEquals("taken", send(request.copy().POST(BodyPublishers.ofString("x")).build()).body());
      assertEquals("shown", send(request.copy().build()).body());
      assertEquals(4, asked.get());
    }
  }

  @Test
  void namesThePortThatIsTaken() {
    try (HttpServer first = HttpServer.start(ANY_PORT, List.of(), List.of())) {
      HttpSettings same = new HttpSettings("127.0.0.1", first.port());
      IllegalStateException refused =
          assertThrows(
              IllegalStateException.class, () -> HttpServer.start(same, List.of(), List.of()));
      String message = Objects.requireNonNull(refused.getMessage());
      assertTrue(message.contains("127.0.0.1:" + first.port()), message);
      assertTrue(message.contains("http.port"), message);
    }
  }

  private static HttpResponse<String> get(HttpServer server, String path) throws Exception {
    return send(HttpRequest.newBuilder(uri(server, path)).build());
  }

  private static HttpResponse<String> post(HttpServer server, String path, String body)
      throws Exception {
    return send(
        HttpRequest.newBuilder(uri(server, path)).POST(BodyPublishers.ofString(body)).build());
  }

  private static URI uri(HttpServer server, String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  private static HttpResponse<String> send(HttpRequest request) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.ofString());
    }
  }
}

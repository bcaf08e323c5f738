package dev.reckon.adapters.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Callers that are slow, say nothing or send too much, over real sockets. */
class HttpBoundsTest {
  private static final int CALLERS = 900;

  /** Long enough for any machine: it only ends a test that would hang. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Duration LONG = Duration.ofHours(1);
  private final List<Socket> callers = new ArrayList<>();

  @AfterEach
  void hangUp() throws IOException {
    for (Socket caller : callers) {
      caller.close();
    }
  }

  private static HttpServer server(HttpBounds bounds, HeaderCheck check) {
    Endpoint echo =
        new Endpoint(Endpoint.Method.POST, "/echo", check, c -> c.result("got " + c.body()));
    return HttpServer.start(new HttpSettings("127.0.0.1", 0, bounds), List.of(echo), List.of());
  }

  private Socket call(HttpServer server, String request) throws IOException {
    Socket caller = new Socket(InetAddress.getLoopbackAddress(), server.port());
    caller.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
    callers.add(caller);
    caller.getOutputStream().write(request.getBytes(US_ASCII));
    return caller;
  }

  private static String post(int length, String begun) {
    return "POST /echo HTTP/1.1\r\nHost: here\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(length, begun);
  }

  /** What the caller is sent until its connection ends. */
  private static String answer(Socket caller) throws IOException {
    try {
      return new String(caller.getInputStream().readAllBytes(), US_ASCII);
    } catch (SocketException reset) {
      return "";
    }
  }

  private static int health(HttpServer server) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(
                      URI.create("http://127.0.0.1:" + server.port() + "/health/live"))
                  .timeout(PATIENCE)
                  .build(),
              BodyHandlers.ofString())
          .statusCode();
    }
  }

  @Test
  void bodiesThatDripHoldNobodyUp() throws Exception {
    HttpBounds generous = new HttpBounds(2 * CALLERS, 2 * CALLERS, 10_000, LONG);
    try (HttpServer server = server(generous, HeaderCheck.NONE)) {
      for (int i = 0; i < CALLERS; i++) {
        call(server, post(9, "begun"));
      }
      assertEquals(200, health(server));
      Socket first = callers.getFirst();
      first.getOutputStream().write("done".getBytes(US_ASCII));
      first.shutdownOutput();
      assertTrue(answer(first).endsWith("got begundone"));
    }
  }

  @Test
  void theOldestConnectionGivesWay() throws Exception {
    try (HttpServer server = server(new HttpBounds(10, 10, 10_000, LONG), HeaderCheck.NONE)) {
      for (int i = 0; i < 40; i++) {
        call(server, i % 2 == 0 ? "POST /echo HTT" : "");
      }
      assertEquals("", answer(callers.get(0)));
      assertEquals("", answer(callers.get(20)));
      assertEquals(200, health(server));
    }
  }

  @Test
  void theBodyThatIsOnItsWayTheLongestGivesWay() throws Exception {
    try (HttpServer server = server(new HttpBounds(100, 2, 10_000, LONG), HeaderCheck.NONE)) {
      Socket first = call(server, post(9, "").replace("Host", "Expect: 100-continue\r\nHost"));
      // The server's word that it waits for this body; the others come after it.
      String goOn = "HTTP/1.1 100 Continue\r\n\r\n";
      assertEquals(goOn, new String(first.getInputStream().readNBytes(goOn.length()), US_ASCII));
      for (int i = 0; i < 2; i++) {
        call(server, post(9, "begun"));
      }
      assertEquals("", answer(first));
    }
  }

  @Test
  void aBodyThatTakesTooLongIsCutOff() throws Exception {
    try (HttpServer server =
        server(new HttpBounds(100, 10, 10_000, Duration.ofSeconds(2)), HeaderCheck.NONE)) {
      assertEquals("", answer(call(server, post(9, "begun"))));
      assertTrue(
          answer(call(server, post(3, "all").replace("Host", "Connection: close\r\nHost")))
              .endsWith("got all"));
    }
  }

  @Test
  void aBodyThatIsTooLongIsRefusedBeforeItIsSent() throws Exception {
    try (HttpServer server = server(new HttpBounds(100, 10, 10_000, LONG), HeaderCheck.NONE)) {
      assertTrue(answer(call(server, post(10_001, ""))).startsWith("HTTP/1.1 413 "));
      String chunked = "POST /echo HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n";
      String chunk = "1388\r\n" + "x".repeat(5_000) + "\r\n";
      Socket caller = call(server, chunked + chunk + chunk + chunk);
      assertTrue(answer(caller).startsWith("HTTP/1.1 413 "));
    }
  }

  @Test
  void headersAreCheckedBeforeTheBodyIsReceived() throws Exception {
    HeaderCheck check =
        headers ->
            headers.apply("x-secret").filter("42"::equals).isPresent()
                ? Optional.empty()
                : Optional.of("who are you?");
    try (HttpServer server = server(new HttpBounds(100, 10, 10_000, LONG), check)) {
      String refused = answer(call(server, post(9, "")));
      assertTrue(refused.startsWith("HTTP/1.1 401 ") && refused.endsWith("who are you?"), refused);
      Socket known =
          call(server, post(3, "all").replace("Host", "X-Secret: 42\r\nConnection: close\r\nHost"));
      assertTrue(answer(known).endsWith("got all"));
    }
  }
}

package dev.reckon.adapters.fetch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsServer;
import dev.reckon.core.surface.DeliveryException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import okhttp3.Dns;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fetches from a real TLS server on this machine, whose name the tests resolve. */
class HttpsFetcherTest {
  private static final byte[] CSV = "month,revenue\n1,120\n".getBytes(StandardCharsets.UTF_8);
  private static final String HOST = LocalInternet.HOST;
  private static final Duration TIME = Duration.ofSeconds(5);

  private static LocalInternet internet;
  private static HttpsServer server;

  private final List<String> resolved = new ArrayList<>();

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    internet = new LocalInternet(folder);
    server = internet.server();
    internet.serve("/prices.csv", "text/csv", CSV);
    internet.serve("/login", "text/html; charset=utf-8", "<html>sign in</html>");
    internet.serve("/large.csv", "text/csv", new byte[4_000]);
    leads("/moved.csv", "/prices.csv");
    leads("/elsewhere.csv", "https://evil.example:" + port() + "/prices.csv");
    leads("/inside.csv", "https://other.example:" + port() + "/prices.csv");
    leads("/plain.csv", "http://" + HOST + "/prices.csv");
    leads("/round.csv", "/round.csv");
  }

  @AfterAll
  static void stop() throws IOException {
    internet.close();
  }

  private static int port() {
    return server.getAddress().getPort();
  }

  private static void leads(String path, String to) {
    server.createContext(path, exchange -> redirected(exchange, to));
  }

  private static void redirected(HttpExchange exchange, String to) throws IOException {
    exchange.getResponseHeaders().add("Location", to);
    exchange.sendResponseHeaders(302, -1);
    exchange.close();
  }

  private HttpsFetcher fetcher(Predicate<InetAddress> reachable, String... hosts) {
    Dns names =
        name -> {
          resolved.add(name);
          return List.of(InetAddress.getLoopbackAddress());
        };
    return fetcher(names, reachable, hosts);
  }

  private static HttpsFetcher fetcher(
      Dns names, Predicate<InetAddress> reachable, String... hosts) {
    return new HttpsFetcher(
        List.of(hosts),
        TIME,
        names,
        reachable,
        builder -> builder.sslSocketFactory(internet.sockets(), internet.trust()));
  }

  private static URI at(String path) {
    return URI.create("https://" + HOST + ":" + port() + path);
  }

  private static String listed(String host) {
    return host + ":" + port();
  }

  private static String refused(HttpsFetcher fetcher, URI address, long limit) {
    return said(fetcher, address, limit, DeliveryException.Kind.REFUSED);
  }

  private static String later(HttpsFetcher fetcher, URI address) {
    return said(fetcher, address, 1_000, DeliveryException.Kind.TRANSIENT);
  }

  private static String said(
      HttpsFetcher fetcher, URI address, long limit, DeliveryException.Kind kind) {
    DeliveryException problem =
        assertThrows(DeliveryException.class, () -> fetcher.fetch(address, limit));
    String message = Objects.requireNonNull(problem.getMessage());
    assertEquals(kind, problem.kind(), message);
    return message;
  }

  @Test
  void aFileOfAListedHostIsFetchedAlsoWhereItHasMoved() throws Exception {
    HttpsFetcher fetcher = fetcher(address -> true, listed(HOST));
    assertArrayEquals(CSV, fetcher.fetch(at("/prices.csv"), 1_000));
    assertArrayEquals(CSV, fetcher.fetch(at("/moved.csv"), 1_000));
  }

  @Test
  void otherHostsAreNeitherFetchedNorResolved() {
    HttpsFetcher fetcher = fetcher(address -> true, listed(HOST));
    assertTrue(
        refused(fetcher, URI.create("https://evil.example:" + port() + "/x"), 1_000)
            .contains("not listed"));
    assertEquals(List.of(), resolved);
    assertTrue(refused(fetcher, at("/elsewhere.csv"), 1_000).contains("leads to evil.example"));
    assertTrue(refused(fetcher, at("/plain.csv"), 1_000).contains("leads to"));
    assertTrue(refused(fetcher, at("/round.csv"), 1_000).contains("endlessly"));
    assertFalse(resolved.contains("evil.example"));
  }

  @Test
  void anAddressInNumbersIsHeldAgainstTheSameRule() {
    for (String host : List.of("127.0.0.1", "*.0.0.1")) {
      HttpsFetcher fetcher = fetcher(PublicAddresses::contains, listed(host));
      assertTrue(
          refused(fetcher, URI.create("https://127.0.0.1:" + port() + "/prices.csv"), 1_000)
              .contains("private network"));
    }
    HttpsFetcher fetcher = fetcher(PublicAddresses::contains, listed("[::1]"));
    assertTrue(
        refused(fetcher, URI.create("https://[::1]:" + port() + "/prices.csv"), 1_000)
            .contains("private network"));
  }

  @Test
  void aNameOfAPrivateNetworkIsNotConnectedTo() {
    HttpsFetcher fetcher = fetcher(PublicAddresses::contains, listed(HOST));
    assertTrue(refused(fetcher, at("/prices.csv"), 1_000).contains("private network"));
  }

  @Test
  void eachHopIsResolvedAndHeldAgainstTheRulesAnew() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    Dns changing =
        name -> {
          boolean inside = name.equals("other.example");
          asked.incrementAndGet();
          return List.of(
              inside
                  ? InetAddress.getByAddress(name, new byte[] {10, 0, 0, 1})
                  : InetAddress.getLoopbackAddress());
        };
    HttpsFetcher fetcher =
        fetcher(changing, InetAddress::isLoopbackAddress, listed(HOST), listed("other.example"));
    assertTrue(refused(fetcher, at("/inside.csv"), 1_000).contains("private network"));
    assertEquals(2, asked.get());
  }

  @Test
  void oneAddressAmongSeveralThatIsPrivateIsEnoughToRefuse() throws Exception {
    Dns mixed =
        name ->
            List.of(
                InetAddress.getLoopbackAddress(),
                InetAddress.getByAddress(name, new byte[] {10, 0, 0, 1}));
    HttpsFetcher fetcher = fetcher(mixed, InetAddress::isLoopbackAddress, listed(HOST));
    assertTrue(refused(fetcher, at("/prices.csv"), 1_000).contains("private network"));
  }

  @Test
  void sizeAndTypeAreLimited() {
    HttpsFetcher fetcher = fetcher(address -> true, listed(HOST));
    assertTrue(refused(fetcher, at("/large.csv"), 1_000).contains("larger than"));
    assertTrue(refused(fetcher, at("/login"), 1_000).contains("text/html"));
    assertTrue(refused(fetcher, at("/none.csv"), 1_000).contains("status 404"));
  }

  @Test
  void aServerWithAnotherNamesCertificateIsNotBelieved() {
    HttpsFetcher fetcher = fetcher(address -> true, listed("third.example"));
    assertTrue(
        refused(fetcher, URI.create("https://third.example:" + port() + "/prices.csv"), 1_000)
            .contains("certificate is not its own"));
  }

  @Test
  void aFileThatDoesNotComeInTimeIsGivenUp() throws Exception {
    server.createContext("/slow.csv", exchange -> {}); // never answers
    HttpsFetcher fetcher =
        new HttpsFetcher(
            List.of(listed(HOST)),
            Duration.ofMillis(500),
            name -> List.of(InetAddress.getLoopbackAddress()),
            address -> true,
            builder -> builder.sslSocketFactory(internet.sockets(), internet.trust()));
    assertTrue(later(fetcher, at("/slow.csv")).contains("cannot be reached"));
  }

  @Test
  void whatMayWorkLaterIsTriedAgainLater() throws Exception {
    for (int status : List.of(429, 500, 503)) {
      server.createContext(
          "/status" + status,
          exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
          });
      HttpsFetcher fetcher = fetcher(address -> true, listed(HOST));
      assertTrue(later(fetcher, at("/status" + status)).contains("status " + status));
    }
    Dns away =
        name -> {
          throw new UnknownHostException(name);
        };
    assertTrue(
        later(fetcher(away, address -> true, listed(HOST)), at("/prices.csv"))
            .contains("name cannot be looked up"));
  }

  @Test
  void anInterruptedFetchIsNoAnswerOfTheServer() throws Exception {
    HttpsFetcher fetcher = fetcher(address -> true, listed(HOST));
    Thread.currentThread().interrupt();
    assertThrows(InterruptedException.class, () -> fetcher.fetch(at("/prices.csv"), 1_000));
  }

  @Test
  void aHostIsListedWithItsPort() {
    HttpsFetcher fetcher =
        fetcher(address -> true, "data.example:8443", "*.open.example:8443", "both.example");
    assertTrue(fetcher.allows(URI.create("https://data.example:8443/x.csv")));
    assertTrue(fetcher.allows(URI.create("https://a.OPEN.example:8443/x.csv")));
    assertTrue(fetcher.allows(URI.create("https://both.example/x.csv")));
    for (String wrong :
        List.of(
            "https://data.example/x.csv",
            "https://data.example:443/x.csv",
            "https://a.open.example/x.csv",
            "https://both.example:8443/x.csv")) {
      assertFalse(fetcher.allows(URI.create(wrong)), wrong);
    }
  }

  @Test
  void onlyHttpsOfListedHostsIsAllowed() {
    HttpsFetcher fetcher = fetcher(address -> true, "data.example", "*.open.example");
    assertTrue(fetcher.allows(URI.create("https://data.example/x.csv")));
    assertTrue(fetcher.allows(URI.create("https://DATA.example:443/x.csv")));
    assertTrue(fetcher.allows(URI.create("https://a.open.example/x.csv")));
    for (String wrong :
        List.of(
            "http://data.example/x.csv",
            "https://data.example:8443/x.csv",
            "https://user:pw@data.example/x.csv",
            "https://data.example.evil.example/x.csv",
            "https://open.example/x.csv",
            "https://evilopen.example/x.csv",
            "https://127.0.0.1/x.csv",
            "https:///x.csv",
            "file:///etc/passwd")) {
      assertFalse(fetcher.allows(URI.create(wrong)), wrong);
    }
    assertFalse(fetcher(address -> true).allows(URI.create("https://data.example/x.csv")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "0.1.2.3",
        "192.0.0.1",
        "198.18.0.1",
        "203.0.113.5",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "fd12::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "2002:a00:1::1",
        "2001:db8::1",
        "2001::1"
      })
  void privateAndSpecialAddressesAreNotPublic(String address) throws UnknownHostException {
    assertFalse(PublicAddresses.contains(InetAddress.getByName(address)), address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1.1.1.1", "93.184.216.34", "100.128.0.1", "172.32.0.1", "2606:4700::1111"})
  void addressesOfTheInternetArePublic(String address) throws UnknownHostException {
    assertTrue(PublicAddresses.contains(InetAddress.getByName(address)), address);
  }
}

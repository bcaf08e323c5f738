package dev.reckon.adapters.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.app.StartedReckon;
import dev.reckon.core.surface.DeliveryException;
import dev.reckon.core.surface.DeliveryException.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fetches through a real proxy, which leads to a real TLS server. */
class ProxiedFetchTest {
  private static final URI PRICES = URI.create("https://" + LocalInternet.HOST + "/prices.csv");

  @TempDir Path folder;
  private LocalInternet internet;

  @BeforeEach
  void open() throws Exception {
    internet = new LocalInternet(folder);
    internet.serve("/prices.csv", "text/csv", "item,price\ntea,4\n");
  }

  @AfterEach
  void close() throws IOException {
    internet.close();
  }

  private HttpsFetcher fetcher(String address, int proxyPort) {
    InetSocketAddress proxy = InetSocketAddress.createUnresolved("127.0.0.1", proxyPort);
    return new HttpsFetcher(
        List.of(LocalInternet.HOST),
        Duration.ofSeconds(5),
        name -> List.of(InetAddress.getByName(address)),
        PublicAddresses::contains,
        builder ->
            builder
                .socketFactory(new TunnelSockets(proxy))
                .sslSocketFactory(internet.sockets(), internet.trust()));
  }

  private String said(Kind kind, String address, int proxyPort) {
    DeliveryException problem =
        assertThrows(
            DeliveryException.class, () -> fetcher(address, proxyPort).fetch(PRICES, 1_000));
    assertEquals(kind, problem.kind(), problem.toString());
    return String.valueOf(problem.getMessage());
  }

  @Test
  void theProxyIsAskedForTheCheckedAddressAndSeesNoName() throws Exception {
    byte[] file = fetcher(LocalInternet.ADDRESS, internet.proxyPort()).fetch(PRICES, 1_000);
    assertEquals("item,price\ntea,4\n", new String(file, StandardCharsets.UTF_8));
    byte[] again = fetcher("2606:4700::1111", internet.proxyPort()).fetch(PRICES, 1_000);
    assertEquals(file.length, again.length);
    assertEquals(
        List.of(
            "CONNECT " + LocalInternet.ADDRESS + ":443 HTTP/1.1",
            "CONNECT [2606:4700:0:0:0:0:0:1111]:443 HTTP/1.1"),
        internet.asked());
  }

  @Test
  void theProxyIsNotAskedForAPrivateAddress() {
    for (String inside : List.of("127.0.0.1", "10.0.0.5", "169.254.169.254", "fd00::1")) {
      assertTrue(said(Kind.REFUSED, inside, internet.proxyPort()).contains("private network"));
    }
    assertEquals(List.of(), internet.asked());
  }

  @Test
  void whatTheProxyDoesNotDoIsSaid() throws Exception {
    int port = internet.proxyPort();
    internet.proxySays("HTTP/1.1 403 Forbidden");
    assertTrue(said(Kind.REFUSED, LocalInternet.ADDRESS, port).contains("status 403 (fetch.proxy"));
    internet.proxySays("HTTP/1.1 407 Proxy Authentication Required");
    assertTrue(said(Kind.REFUSED, LocalInternet.ADDRESS, port).contains("credentials"));
    internet.proxySays("HTTP/1.1 502 Bad Gateway");
    assertTrue(said(Kind.TRANSIENT, LocalInternet.ADDRESS, port).contains("status 502"));
    for (String other : List.of("SSH-2.0-OpenSSH_9.2", "x".repeat(20_000))) {
      internet.proxySays(other);
      assertTrue(
          said(Kind.REFUSED, LocalInternet.ADDRESS, port).contains("does not name an HTTP proxy"),
          other);
    }
    port = StartedReckon.freePort();
    assertTrue(said(Kind.TRANSIENT, LocalInternet.ADDRESS, port).contains("cannot be reached"));
  }
}

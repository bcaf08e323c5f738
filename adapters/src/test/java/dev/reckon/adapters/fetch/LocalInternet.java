package dev.reckon.adapters.fetch;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * A TLS server on this machine, whose certificate only its own trust store believes, and an HTTP
 * proxy that leads every address to it. With {@link #options}, a program of its own finds {@link
 * #HOST} at a public address, which only the proxy can reach.
 */
public final class LocalInternet implements AutoCloseable {
  public static final String HOST = "data.example";

  /** Where the host is, as far as the program knows. */
  public static final String ADDRESS = "93.184.216.34";

  private static final String PASSWORD = "changeit";

  private final Path keys;
  private final Path names;
  private final HttpsServer server;
  private final ServerSocket proxy;
  private final SSLSocketFactory sockets;
  private final X509TrustManager trust;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile String answer = "HTTP/1.1 200 Connection established";

  /** Opens both; keeps its keys in that folder. */
  public LocalInternet(Path folder) throws IOException, GeneralSecurityException {
    keys = folder.resolve("internet.p12");
    names =
        Files.writeString(
            folder.resolve("hosts"), "127.0.0.1 localhost\n" + ADDRESS + " " + HOST + "\n");
    generate(keys);
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(store, PASSWORD.toCharArray());
    // A key's own certificate is trusted only as an entry of its own.
    store.setCertificateEntry("trusted", store.getCertificate("test"));
    try (OutputStream out = Files.newOutputStream(keys)) {
      store.store(out, PASSWORD.toCharArray());
    }
    TrustManagerFactory known =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    known.init(store);
    trust = (X509TrustManager) known.getTrustManagers()[0];
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(own.getKeyManagers(), known.getTrustManagers(), null);
    sockets = tls.getSocketFactory();
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    server.start();
    proxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("proxy").start(this::accept);
  }

  private static void generate(Path keys) throws IOException {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "test",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + HOST,
                "-ext",
                "SAN=dns:" + HOST + ",dns:other.example",
                "-storetype",
                "PKCS12",
                "-keystore",
                keys.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (keytool.onExit().join().exitValue() != 0) {
      throw new IOException(said);
    }
  }

  /** What the server answers with for a path, from now on. */
  public void serve(String path, String type, String content) {
    serve(path, type, content.getBytes(StandardCharsets.UTF_8));
  }

  void serve(String path, String type, byte[] content) {
    server.createContext(
        path,
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", type);
          exchange.sendResponseHeaders(200, content.length);
          exchange.getResponseBody().write(content);
          exchange.close();
        });
  }

  HttpsServer server() {
    return server;
  }

  SSLSocketFactory sockets() {
    return sockets;
  }

  X509TrustManager trust() {
    return trust;
  }

  /** The proxy's port at 127.0.0.1. */
  public int proxyPort() {
    return proxy.getLocalPort();
  }

  /** What the proxy was asked to connect to. */
  public List<String> asked() {
    return asked;
  }

  /** What the proxy says from now on; without a status of success it leads nowhere. */
  void proxySays(String line) {
    answer = line;
  }

  /** What a JVM has to be started with to know this internet. */
  public String options() {
    return "-Djdk.net.hosts.file="
        + names
        + " -Djavax.net.ssl.trustStore="
        + keys
        + " -Djavax.net.ssl.trustStorePassword="
        + PASSWORD;
  }

  private void accept() {
    while (!proxy.isClosed()) {
      try {
        Socket client = proxy.accept();
        Thread.ofVirtual().start(() -> lead(client));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void lead(Socket client) {
    try (client;
        Socket target =
            new Socket(server.getAddress().getAddress(), server.getAddress().getPort())) {
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        int next = client.getInputStream().read();
        if (next < 0) {
          return;
        }
        head.append((char) next);
      }
      asked.add(head.toString().lines().findFirst().orElse(""));
      String said = answer;
      client.getOutputStream().write((said + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      if (!said.contains(" 200 ")) {
        return;
      }
      Thread back = Thread.ofVirtual().start(() -> copy(target, client));
      copy(client, target);
      back.join();
    } catch (IOException _) {
      // whoever asked has gone
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException _) {
      // whoever asked has gone
    }
  }

  @Override
  public void close() throws IOException {
    proxy.close();
    server.stop(0);
  }
}

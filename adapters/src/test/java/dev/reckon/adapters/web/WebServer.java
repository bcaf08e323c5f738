package dev.reckon.adapters.web;

import dev.reckon.adapters.http.HttpBounds;
import dev.reckon.adapters.http.HttpServer;
import dev.reckon.adapters.http.HttpSettings;
import dev.reckon.adapters.surface.RecordingInbox;
import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Team;
import dev.reckon.core.policy.Policy;
import dev.reckon.core.policy.PolicyInForce;
import dev.reckon.core.store.jdbi.JdbiStore;
import dev.reckon.sandbox.PoolStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The browser's surface on a real store and the real HTTP server, and a browser without scripts.
 */
final class WebServer implements AutoCloseable {
  static final Person PERSON = new Person("terminal/ada", "ada", Person.Role.ADMINISTRATOR);
  static final String CHAT = "0123456789abcdef";

  private static final Pattern TOKEN = Pattern.compile("data-token=\"([0-9a-f]{64})\"");

  private static final WebSettings SETTINGS =
      new WebSettings(
          PERSON,
          new Team("terminal", "this machine"),
          Set.of("reckon.example"),
          Duration.ofHours(1),
          300,
          200,
          1024 * 1024,
          "");

  final JdbiStore store;
  final PolicyInForce policy;
  final RecordingInbox inbox = new RecordingInbox();
  final WebAdapter adapter;
  final HttpServer server;
  private String cookie = "";
  final HttpClient client = HttpClient.newHttpClient();

  WebServer(Path folder) {
    this(folder, SETTINGS);
  }

  WebServer(Path folder, WebSettings settings) {
    this(folder, settings, TeamAccess.NONE);
  }

  /** For members of a team, who come by that address. */
  WebServer(Path folder, TeamAccess access, int port) {
    this(folder, SETTINGS, access, port);
  }

  WebServer(Path folder, WebSettings settings, TeamAccess access) {
    this(folder, settings, access, 0);
  }

  private WebServer(Path folder, WebSettings settings, TeamAccess access, int port) {
    store = JdbiStore.open("jdbc:sqlite:" + folder.resolve("web.db"), Clock.systemUTC());
    policy =
        new PolicyInForce(
            Policy.STANDARD,
            store.policyChanges(),
            Clock.systemUTC(),
            person -> person.startsWith("terminal/"));
    adapter =
        new WebAdapter(
            settings,
            store,
            store.files()::read,
            Demonstration.NONE,
            access,
            operations(),
            Clock.systemUTC());
    server =
        HttpServer.start(
            new HttpSettings("127.0.0.1", port, HttpBounds.DEFAULT),
            adapter.endpoints(),
            adapter.streams(),
            List.of(adapter.readiness()));
    adapter.start(inbox);
  }

  private OperationsSources operations() {
    return new OperationsSources(
        store.operations(),
        store.statistics(),
        store::backlog,
        () -> Map.of("GraalPy", new PoolStatus(2, 1, 1, 0, 3, 40, 5, 6)),
        () ->
            List.of(
                new OperationsSources.ModelCalls(
                    "generate",
                    "ok",
                    7,
                    Duration.ofMillis(800),
                    Duration.ofMillis(2_000),
                    Duration.ofMillis(3_000))),
        policy,
        new TreeMap<>(Map.of("model.name", "m", "model.api_key", "(set)")));
  }

  URI at(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  /** Signs the browser in. */
  WebServer signIn() throws IOException, InterruptedException {
    HttpResponse<String> signedIn =
        client.send(
            HttpRequest.newBuilder(adapter.signInLink("127.0.0.1", server.port())).build(),
            BodyHandlers.ofString());
    String set = signedIn.headers().firstValue("Set-Cookie").orElseThrow();
    cookie = set.substring(0, set.indexOf(';'));
    return this;
  }

  /** The browser's cookie, as a header. */
  String cookie() {
    return cookie;
  }

  /** A request of the browser's. */
  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(at(path)).header("Cookie", cookie);
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(
        request(path).header("Accept", "text/html").build(), BodyHandlers.ofString());
  }

  HttpResponse<byte[]> bytes(String path) throws IOException, InterruptedException {
    return client.send(request(path).build(), BodyHandlers.ofByteArray());
  }

  /** What forms and scripts of the browser's pages send along. */
  String token() throws IOException, InterruptedException {
    Matcher token = TOKEN.matcher(get("/saved").body());
    if (!token.find()) {
      throw new AssertionError("the page has no token");
    }
    return token.group(1);
  }

  /** Sends a message as a page does. */
  HttpResponse<String> send(String text, String key, Attachment.Inline... files)
      throws IOException, InterruptedException {
    return post("/web/send", frame(CHAT, text, key, files), token());
  }

  HttpResponse<String> post(String path, byte[] body, String token)
      throws IOException, InterruptedException {
    return client.send(
        request(path)
            .header("X-Reckon-Token", token)
            .POST(BodyPublishers.ofByteArray(body))
            .build(),
        BodyHandlers.ofString());
  }

  /** Sends a form as a page without scripts does. */
  HttpResponse<String> form(String path, String fields) throws IOException, InterruptedException {
    return client.send(
        request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("token=" + token() + fields))
            .build(),
        BodyHandlers.ofString());
  }

  static byte[] frame(String chat, String text, String key, Attachment.Inline... files)
      throws IOException {
    String head = "\"text\":\"%s\"".formatted(text);
    return sent(chat, key, head, files);
  }

  /** What the form of a turn sends that is to run again with another value: {@code month=4}. */
  static byte[] frame(String chat, String value, String key, long again, Attachment.Inline... files)
      throws IOException {
    String[] named = value.split("=", 2);
    String head =
        "\"again\":%d,\"values\":{\"%s\":\"%s\"}"
            .formatted(again, named[0], named.length == 1 ? "" : named[1]);
    return sent(chat, key, head, files);
  }

  /** What the form of a saved computation sends with another value: {@code month=4}. */
  static byte[] savedFrame(String chat, String name, String value, String key) throws IOException {
    String[] named = value.split("=", 2);
    String head = "\"saved\":\"%s\",\"values\":{\"%s\":\"%s\"}".formatted(name, named[0], named[1]);
    return sent(chat, key, head, new Attachment.Inline[0]);
  }

  private static byte[] sent(String chat, String key, String more, Attachment.Inline[] files)
      throws IOException {
    StringBuilder named = new StringBuilder();
    for (Attachment.Inline file : files) {
      named
          .append(named.isEmpty() ? "" : ",")
          .append("{\"name\":\"%s\",\"size\":%d}".formatted(file.name(), file.content().length));
    }
    byte[] head =
        "{\"conversation\":\"%s\",\"key\":\"%s\",%s,\"files\":[%s]}"
            .formatted(chat, key, more, named)
            .getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(ByteBuffer.allocate(4).putInt(head.length).array());
    out.write(head);
    for (Attachment.Inline file : files) {
      out.write(file.content());
    }
    return out.toByteArray();
  }

  @Override
  public void close() {
    client.shutdownNow();
    adapter.close();
    server.close();
    store.close();
  }
}

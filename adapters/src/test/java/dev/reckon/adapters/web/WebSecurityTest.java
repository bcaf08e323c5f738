package dev.reckon.adapters.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Reply;
import dev.reckon.core.message.Team;
import dev.reckon.core.store.TurnKind;
import dev.reckon.core.store.WebMessages.Asked;
import dev.reckon.testing.Until;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What other pages, other people and hostile content get from the browser's surface: nothing. */
@Timeout(120)
class WebSecurityTest {
  private static final ConversationId CHAT = new ConversationId("web/" + WebServer.CHAT);
  private static final String HOSTILE =
      "<script>alert(1)</script><img src=x onerror=alert(1)>\"'`javascript:alert(1)&lt;b&gt;";

  @TempDir Path folder;
  private WebServer web;

  @BeforeEach
  void open() throws Exception {
    web = new WebServer(folder).signIn();
  }

  @AfterEach
  void close() {
    web.close();
  }

  /** One request byte by byte, since a client of the JDK sets some headers by itself. */
  private String raw(String method, String path, String body, String... headers)
      throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), web.server.port())) {
      String all = String.join("\r\n", headers);
      socket
          .getOutputStream()
          .write(
              "%s %s HTTP/1.1\r\nConnection: close\r\nContent-Length: %d\r\n%s\r\n\r\n%s"
                  .formatted(method, path, body.length(), all, body)
                  .getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static int status(String answer) {
    return Integer.parseInt(answer.substring(9, 12));
  }

  private String host() {
    return "Host: 127.0.0.1:" + web.server.port();
  }

  @Test
  void everyPageForbidsWhateverIsNotOurs() throws Exception {
    for (String path : List.of("/", "/saved", "/sessions", "/search?q=x", "/c/1", "/nowhere")) {
      HttpResponse<String> page = web.get(path);
      if (path.equals("/nowhere")) {
        assertEquals(404, page.statusCode());
        continue;
      }
      String policy = page.headers().firstValue("Content-Security-Policy").orElse("");
      assertTrue(policy.startsWith("default-src 'none'; script-src 'self'"), path + policy);
      assertFalse(policy.contains("unsafe"), policy);
      assertEquals("nosniff", page.headers().firstValue("X-Content-Type-Options").orElse(""));
      assertEquals("DENY", page.headers().firstValue("X-Frame-Options").orElse(""));
      // Not "no-referrer": with it, browsers send the forms of our own pages with "Origin: null".
      assertEquals("same-origin", page.headers().firstValue("Referrer-Policy").orElse(""));
      assertEquals("no-store", page.headers().firstValue("Cache-Control").orElse(""));
      assertFalse(page.body().contains("style=\""), "no inline style on " + path);
      assertFalse(page.body().matches("(?s).*<script>.*"), "no inline script on " + path);
      assertFalse(page.body().matches("(?s).* on[a-z]+=\".*"), "no inline handler on " + path);
    }
  }

  @Test
  void aLinkSignsInOnceAndItsCookieIsNotForScriptsOrOtherPages() throws Exception {
    String link = web.adapter.signInLink("127.0.0.1", web.server.port()).toString();
    String path = link.substring(link.indexOf("/sign-in"));
    String first = raw("GET", path, "", host());
    assertEquals(303, status(first));
    assertTrue(first.contains("; HttpOnly; SameSite=Strict"), first);
    assertTrue(first.contains("Path=/; Max-Age=3600"), first);
    assertEquals(401, status(raw("GET", path, "", host())));
    assertEquals(401, status(raw("GET", "/sign-in?token=" + "x".repeat(5_000), "", host())));
    assertEquals(401, status(raw("GET", "/sign-in", "", host())));
  }

  @Test
  void withoutASessionNothingIsShownAndNothingIsTaken() throws Exception {
    web.send("a secret request", "key-00000001");
    for (String path :
        List.of("/", "/chat/" + WebServer.CHAT, "/stream/" + WebServer.CHAT, "/saved")) {
      String answer = raw("GET", path, "", host());
      assertEquals(401, status(answer), path);
      assertFalse(answer.contains("secret request"), answer);
    }
    assertEquals(401, status(raw("POST", "/web/send", "xxxxxxxx", host())));
    assertEquals(1, web.inbox.received().size());
  }

  @Test
  void aNameThatResolvesToThisMachineIsNotEnough() throws Exception {
    String cookie = "Cookie: " + web.cookie();
    for (String host : List.of("evil.example", "127.0.0.1.evil.example", "evil.example:80")) {
      assertEquals(421, status(raw("GET", "/", "", "Host: " + host, cookie)), host);
    }
    assertEquals(200, status(raw("GET", "/", "", host(), cookie)));
    // Allowed by the settings, but that name's cookie is another.
    assertEquals(401, status(raw("GET", "/", "", "Host: reckon.example", cookie)));
  }

  @Test
  void whatAnotherPageSendsIsRefusedWithTheRightCookieAndTokenToo() throws Exception {
    String[] right = {host(), "Cookie: " + web.cookie(), "X-Reckon-Token: " + web.token()};
    String body =
        new String(WebServer.frame(WebServer.CHAT, "x", "key-00000001"), StandardCharsets.UTF_8);
    for (String foreign :
        List.of(
            "Origin: https://evil.example",
            "Origin: null",
            "Origin: http://127.0.0.1:1",
            "Sec-Fetch-Site: cross-site",
            "Sec-Fetch-Site: same-site")) {
      String answer = raw("POST", "/web/send", body, right[0], right[1], right[2], foreign);
      assertEquals(401, status(answer), foreign);
    }
    for (String token : List.of("X-Reckon-Token: " + "0".repeat(64), "X-Other: 1")) {
      assertEquals(401, status(raw("POST", "/web/send", body, right[0], right[1], token)), token);
    }
    String form = "token=" + "0".repeat(64);
    String type = "Content-Type: application/x-www-form-urlencoded";
    assertEquals(403, status(raw("POST", "/web/sign-out", form, right[0], right[1], type)));
    assertEquals(List.of(), web.inbox.received());
    String own = "Origin: http://127.0.0.1:" + web.server.port();
    assertEquals(200, status(raw("POST", "/web/send", body, right[0], right[1], right[2], own)));
    assertEquals(1, web.inbox.received().size());
  }

  @Test
  void aRevokedOrExpiredSessionIsNoneAnyMore() throws Exception {
    String cookie = "Cookie: " + web.cookie();
    web.form("/web/sign-out", "");
    assertEquals(401, status(raw("GET", "/", "", host(), cookie)));
    web.close();
    web =
        new WebServer(
            folder,
            new WebSettings(
                WebServer.PERSON,
                new Team("terminal", ""),
                Set.of(),
                Duration.ofMillis(1),
                1,
                1,
                1_000,
                ""));
    String link = web.adapter.signInLink("127.0.0.1", web.server.port()).toString();
    String answer = raw("GET", link.substring(link.indexOf("/sign-in")), "", host());
    Matcher set = Pattern.compile("Set-Cookie: ([^;]*)").matcher(answer);
    assertTrue(set.find(), answer);
    assertEquals(401, status(raw("GET", "/", "", host(), "Cookie: " + set.group(1))));
  }

  @Test
  void aSessionOutlivesARestartAndTheStoreCannotSignAnybodyIn() throws Exception {
    String cookie = web.cookie().replaceFirst(".*?=", "");
    web.close();
    web = new WebServer(folder);
    String name = "Cookie: reckon_" + web.server.port() + "=";
    assertEquals(200, status(raw("GET", "/", "", host(), name + cookie)));
    String stored = web.store.webSessions().valid(Instant.now()).getFirst().id();
    assertEquals(401, status(raw("GET", "/", "", host(), name + stored)));
  }

  @Test
  void pagesAreAskedForAheadOfPeopleAndNoSessionIsLeft() throws Exception {
    web.adapter.warm(web.at("/"));
    assertEquals(1, web.store.webSessions().valid(Instant.EPOCH).size());
    assertEquals(1, web.get("/sessions").body().split("Sign it out|This browser", -1).length - 1);
  }

  @Test
  void hostileTextAndNamesAreText() throws Exception {
    web.store.webMessages().asked(CHAT, WebServer.PERSON.id(), "k", new Asked(HOSTILE, List.of()));
    Reply reply =
        new Reply(
            0,
            Reply.Kind.VERIFIED,
            HOSTILE,
            List.of(
                new Block.Finding(HOSTILE),
                new Block.Output(HOSTILE + "\n" + HOSTILE, 0),
                new Block.Table(List.of(HOSTILE, "b"), List.of(List.of(HOSTILE, "1"))),
                new Block.Code("print('''" + HOSTILE + "''')  # " + HOSTILE),
                new Block.File("1", HOSTILE + ".html", 9),
                new Block.Footer(HOSTILE)),
            List.of());
    new WebSurface(web.store.webMessages(), new OpenPages(1, 1), content -> true)
        .post(
            WebSurface.address(CHAT),
            reply,
            Optional.empty(),
            id -> Optional.of(new byte[] {1}),
            receipt -> {});
    for (String path : List.of("/chat/" + WebServer.CHAT, "/search?q=alert")) {
      String page = web.get(path).body();
      assertFalse(page.contains("<script>alert"), page);
      assertFalse(page.contains("<img src=x"), page);
      assertFalse(page.matches("(?s).*<[^>]*(href|src)=\"\\s*javascript:.*"), page);
      assertTrue(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), page);
    }
    String search = web.get("/search?q=%3Cscript%3Ealert(1)%3C/script%3E%22%27").body();
    assertFalse(search.contains("<script>alert"), search);
  }

  @Test
  void aFileIsSavedAndNeverRunsInTheBrowser() throws Exception {
    byte[] page = "<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8);
    web.send("x", "key-00000001");
    web.store.conversations().arrived(web.inbox.received().getFirst());
    String id = web.store.files().put(CHAT, "a.html", page, 0).id();
    Reply reply =
        new Reply(
            0,
            Reply.Kind.VERIFIED,
            "ok",
            List.of(new Block.File(id, "../../evil\r\nX-Evil: 1.html", page.length)),
            List.of());
    String message =
        web.adapter
            .surface()
            .post(
                WebSurface.address(CHAT),
                reply,
                Optional.empty(),
                web.store.files()::read,
                receipt -> {})
            .value();
    HttpResponse<byte[]> file = web.bytes("/m/%s/0/anything.html".formatted(message));
    assertEquals(200, file.statusCode());
    assertTrue(
        file.headers().firstValue("Content-Disposition").orElse("").startsWith("attachment;"));
    assertEquals("application/octet-stream", file.headers().firstValue("Content-Type").orElse(""));
    String policy = file.headers().firstValue("Content-Security-Policy").orElse("");
    assertTrue(policy.contains("sandbox"), policy);
    assertEquals("nosniff", file.headers().firstValue("X-Content-Type-Options").orElse(""));
    assertTrue(file.headers().firstValue("X-Evil").isEmpty());
  }

  @Test
  void noAddressLeadsOutOfWhatIsServed() throws Exception {
    String cookie = "Cookie: " + web.cookie();
    for (String path :
        List.of(
            "/assets/../app.css",
            "/assets/..%2f..%2fconfig%2freckon.toml",
            "/assets/%2e%2e/%2e%2e/reckon.toml",
            "/assets/....//app.css",
            "/assets/package-info.class",
            "/stream/..%2f..%2f",
            "/chat/0123456789abcdeg",
            "/m/1/0/..%2f..%2fetc%2fpasswd",
            "/m/-1/-1/x",
            "/m/99999999999999999999/0/x",
            "/c/1%20or%201=1",
            "/c/99999999999999999999/code.py",
            "/saved/..%2f..%2fx")) {
      int status = status(raw("GET", path, "", host(), cookie));
      assertTrue(status == 404 || status == 400, path + " " + status);
    }
  }

  @Test
  void somebodyElsesConversationIsAsIfItWereNotThere() throws Exception {
    String other = "fedcba9876543210";
    ConversationId theirs = new ConversationId("web/" + other);
    web.store.webMessages().asked(theirs, "slack/T1/U1", "k", new Asked("theirs", List.of()));
    assertEquals(404, web.get("/chat/" + other).statusCode());
    assertEquals(404, web.get("/stream/" + other).statusCode());
    assertFalse(web.get("/search?q=theirs").body().contains("<article"));
    byte[] frame = WebServer.frame(other, "x", "key-00000001");
    assertEquals(404, web.post("/web/send", frame, web.token()).statusCode());
    assertEquals(List.of(), web.inbox.received());
  }

  @Test
  void aMessageIsBoundedAndItsFramesAreChecked() throws Exception {
    String token = web.token();
    assertEquals(413, web.post("/web/send", new byte[1024 * 1024 + 1], token).statusCode());
    for (byte[] malformed :
        List.of(
            new byte[0],
            new byte[] {0, 0, 0, 9, '{'},
            new byte[] {-1, -1, -1, -1, '{', '}'},
            new byte[] {0, 0, 0, 4, 'n', 'u', 'l', 'l'},
            new byte[] {0, 0, 0, 2, '[', ']'})) {
      assertEquals(400, web.post("/web/send", malformed, token).statusCode());
    }
    Attachment.Inline file = new Attachment.Inline("a.csv", new byte[] {1, 2, 3});
    byte[] whole = WebServer.frame(WebServer.CHAT, "x", "key-00000001", file);
    byte[] cut = Arrays.copyOf(whole, whole.length - 1);
    assertEquals(400, web.post("/web/send", cut, token).statusCode());
    assertEquals(400, web.post("/web/send", frameOf("k"), token).statusCode());
    assertEquals(200, web.post("/web/send", whole, token).statusCode());
    assertEquals(200, web.post("/web/send", whole, token).statusCode());
    assertEquals(1, web.inbox.received().size());
  }

  private static byte[] frameOf(String key) throws IOException {
    return WebServer.frame(WebServer.CHAT, "x", key);
  }

  @Test
  void hundredsOfHeldStreamsKeepNobodyFromBeingAnswered() throws Exception {
    web.send("x", "key-00000001");
    List<Socket> held = new ArrayList<>();
    try {
      for (int i = 0; i < 400; i++) {
        held.add(stream());
      }
      Until.holds(
          "the newest stream is served",
          () -> {
            try {
              return held.getLast().getInputStream().available() > 100;
            } catch (IOException e) {
              throw new AssertionError(e);
            }
          });
      assertEquals(200, web.get("/").statusCode());
      assertEquals(200, web.send("still answered", "key-00000002").statusCode());
      assertTrue(read(held.getLast(), "still answered"));
    } finally {
      for (Socket socket : held) {
        socket.close();
      }
    }
  }

  @Test
  void onePageTooManyClosesTheOldest() throws Exception {
    WebSettings one =
        new WebSettings(
            WebServer.PERSON,
            new Team("terminal", ""),
            Set.of(),
            Duration.ofHours(1),
            3,
            1,
            1_000_000,
            "");
    web.close();
    web = new WebServer(folder, one).signIn();
    web.send("x", "key-00000001");
    try (Socket older = stream()) {
      assertTrue(read(older, "event: message"));
      try (Socket newer = stream()) {
        assertTrue(read(newer, "event: message"));
        assertTrue(read(older, "event: surplus"));
      }
    }
  }

  private Socket stream() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), web.server.port());
    socket.setSoTimeout(30_000);
    socket
        .getOutputStream()
        .write(
            "GET /stream/%s HTTP/1.1\r\n%s\r\nAccept: text/event-stream\r\nCookie: %s\r\n\r\n"
                .formatted(WebServer.CHAT, host(), web.cookie())
                .getBytes(StandardCharsets.UTF_8));
    return socket;
  }

  private static boolean read(Socket socket, String words) throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder read = new StringBuilder();
    byte[] buffer = new byte[8_192];
    int count = in.read(buffer);
    while (count > 0) {
      read.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
      if (read.indexOf(words) >= 0) {
        return true;
      }
      count = in.read(buffer);
    }
    return false;
  }

  @Test
  void aStreamEndsWithItsSession() throws Exception {
    web.send("x", "key-00000001");
    try (Socket socket = stream()) {
      assertTrue(read(socket, "event: message"));
      web.form("/web/sign-out", "");
      assertTrue(read(socket, "event: signed-out"));
    }
  }

  @Test
  void whoDidNotAskSeesNoComputation() throws Exception {
    web.send("mine", "key-00000001");
    Person other = new Person("slack/T1/U1", "Bob", Person.Role.MEMBER);
    web.store.conversations().arrived(web.inbox.received().getFirst().from(other));
    long theirs =
        web.store
            .turns()
            .begin(CHAT, OptionalLong.empty(), other, TurnKind.RUN, "their secret")
            .id();
    HttpResponse<String> page = web.get("/c/" + theirs);
    assertEquals(404, page.statusCode());
    assertFalse(page.body().contains("their secret"), page.body());
    byte[] press =
        "{\"conversation\":\"%s\",\"key\":\"key-00000009\",\"verb\":\"SHOW_CODE\",\"turn\":%d}"
            .formatted(WebServer.CHAT, theirs)
            .getBytes(StandardCharsets.UTF_8);
    assertEquals(404, web.post("/web/press", press, web.token()).statusCode());
  }
}

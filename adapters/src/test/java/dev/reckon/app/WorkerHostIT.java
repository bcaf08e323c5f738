package dev.reckon.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Worker hosts and the programs that use them, as people start them. Needs workers. */
class WorkerHostIT {
  private static final Path TLS = StartedReckon.HOME.resolve("sandbox/host/src/test/tls");

  @TempDir private Path folder;

  @Test
  void programsRunOnHostsAndAHostThatIsKilledIsReplacedByTheNext() throws Exception {
    int health = StartedReckon.freePort();
    int one = StartedReckon.freePort();
    int two = StartedReckon.freePort();
    try (StartedReckon first = host(one, "http.port=" + health);
        StartedReckon second = host(two)) {
      first.awaitWords("Serving workers");
      second.awaitWords("Serving workers");
      String urls = "sandbox.url=tls://127.0.0.1:%d,tls://localhost:%d".formatted(one, two);
      first.until("readiness", () -> ready(health), () -> "");
      Files.writeString(folder.resolve("pay.csv"), "dept,pay\nA,10\nB,30\n");
      StartedReckon.Ended ran =
          bot(
              "print(open('pay.csv').read().count('\\n'))",
              urls,
              "exec",
              "-",
              "--file",
              folder.resolve("pay.csv").toString());
      assertEquals("3\n", ran.out(), ran.err());
      String examined = unwrapped(bot("", urls, "doctor"));
      assertTrue(examined.contains("tls://127.0.0.1:" + one + " has "), examined);
      assertTrue(examined.contains("tls://localhost:" + two + " has "), examined);
      assertTrue(examined.contains("reading files"), examined);
      first.kill();
      StartedReckon.Ended next = bot("print(6 * 7)", urls, "exec", "-");
      assertEquals("42\n", next.out(), next.err());
      String missing = unwrapped(bot("", urls, "doctor"));
      assertTrue(missing.contains("tls://127.0.0.1:" + one + " is not used"), missing);
      second.terminate();
      assertTrue(second.ended().err().contains("Shutting down"));
    }
  }

  @Test
  void aHostThatStrangersCouldUseDoesNotStart() throws Exception {
    StartedReckon.Ended refused = StartedReckon.run(folder, "", "worker", "--listen", "0.0.0.0:0");
    assertEquals(2, refused.code());
    assertTrue(refused.err().contains("connections must be encrypted"), refused.err());
    StartedReckon.Ended help = StartedReckon.run(folder, "", "worker", "--help");
    assertTrue(help.out().contains("--listen=HOST:PORT"), help.out());
  }

  /** What it printed, without the line breaks that depend on the terminal's width. */
  private static String unwrapped(StartedReckon.Ended ended) {
    return ended.out().replaceAll("\\s+", " ");
  }

  private StartedReckon host(int port, String... set) throws Exception {
    List<String> words = new ArrayList<>(List.of("worker", "--listen", "127.0.0.1:" + port));
    Stream.concat(
            Stream.of("sandbox.workers=1", "files.read_children=1", "service.closing_seconds=2"),
            Stream.concat(Arrays.stream(set), credentials("host", "bot")))
        .forEach(one -> words.addAll(List.of("--set", one)));
    return StartedReckon.start(folder, Map.of(), "", words.toArray(String[]::new));
  }

  private StartedReckon.Ended bot(String input, String urls, String... words) throws Exception {
    List<String> all = new ArrayList<>(List.of(words));
    Stream.concat(
            Stream.of(urls, "store.url=jdbc:sqlite:" + folder.resolve("bot.db")),
            credentials("bot", "host"))
        .forEach(one -> all.addAll(List.of("--set", one)));
    return StartedReckon.run(folder, input, all.toArray(String[]::new));
  }

  private static Stream<String> credentials(String own, String trusted) {
    return Stream.of(
        "worker.certificate=" + TLS.resolve(own + ".pem"),
        "worker.key=" + TLS.resolve(own + ".key"),
        "worker.ca=" + TLS.resolve(trusted + ".pem"));
  }

  private static boolean ready(int port) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
              .send(
                  HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/ready"))
                      .build(),
                  BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

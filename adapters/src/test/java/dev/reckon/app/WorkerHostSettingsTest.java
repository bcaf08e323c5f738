package dev.reckon.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.adapters.config.Configuration;
import dev.reckon.adapters.config.ConfigurationException;
import dev.reckon.sandbox.remote.HostAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which worker hosts are used, and what makes a host safe to start. */
class WorkerHostSettingsTest {
  private static final String TOKEN = "0123456789abcdef".repeat(2);
  private static final Path TLS = StartedReckon.HOME.resolve("sandbox/host/src/test/tls");

  @TempDir Path folder;

  @Test
  void namedHostsAreUsed() throws Exception {
    assertEquals(List.of(), read().used());
    assertEquals(
        List.of(
            new HostAddress(true, "w1.example.org", 7443), new HostAddress(false, "127.0.0.1", 9)),
        read("sandbox.url=tls://w1.example.org:7443,plain://127.0.0.1:9", "worker.token=" + TOKEN)
            .used());
    assertRefused("plain:// would send", "sandbox.url=plain://w1.example.org:7443");
    assertRefused("is no worker host", "sandbox.url=https://w1.example.org");
    assertRefused("a worker host asks who uses it", "sandbox.url=tls://w1.example.org:7443");
  }

  @Test
  void aHostListensWhereItIsTold() throws Exception {
    assertEquals("127.0.0.2:7", read("worker.listen=127.0.0.2:7").listen());
    WorkerHostSettings workers = read();
    assertEquals("127.0.0.1", workers.host("127.0.0.1:0", Duration.ZERO).bind());
    assertEquals("::1", workers.host("[::1]:7443", Duration.ZERO).bind());
    for (String wrong : List.of("7443x", "127.0.0.1", "127.0.0.1:", "127.0.0.1:99999")) {
      assertThrows(IllegalArgumentException.class, () -> workers.host(wrong, Duration.ZERO), wrong);
    }
    for (String open : List.of("0.0.0.0:7443", ":7443", "[::]:7443", "10.0.0.1:7443")) {
      var problem =
          assertThrows(
              IllegalArgumentException.class, () -> workers.host(open, Duration.ZERO), open);
      assertTrue(
          String.valueOf(problem.getMessage()).contains("must be encrypted"), problem::toString);
    }
  }

  @Test
  void eitherSideShowsWhatItIsGiven() throws Exception {
    String certificate = "worker.certificate=" + TLS.resolve("host.pem");
    String key = "worker.key=" + TLS.resolve("host.key");
    WorkerHostSettings alone = read(certificate, key);
    assertTrue(alone.credentials().certificate());
    assertFalse(alone.credentials().mutual());
    var problem =
        assertThrows(
            IllegalArgumentException.class, () -> alone.host("0.0.0.0:7443", Duration.ZERO));
    assertTrue(
        String.valueOf(problem.getMessage()).contains("must show who they are"), problem::toString);
    String ca = "worker.ca=" + TLS.resolve("bot.pem");
    assertTrue(read(certificate, key, ca).credentials().mutual());
    read(certificate, key, ca).host("0.0.0.0:7443", Duration.ZERO);
    Path file = Files.writeString(folder.resolve("token"), TOKEN + "\n");
    for (String given : List.of("worker.token=" + TOKEN, "worker.token_file=" + file)) {
      assertEquals(TOKEN, read(given).credentials().token());
      read(certificate, key, given).host("0.0.0.0:7443", Duration.ZERO);
    }
    assertRefused("given together", certificate);
    assertRefused("given together", key);
    assertRefused("cannot be read", "worker.ca=" + folder.resolve("none"));
    assertRefused("holds no certificate", "worker.ca=" + TLS.resolve("host.key"));
    assertRefused("no key in PKCS #8 form", certificate, "worker.key=" + TLS.resolve("host.pem"));
    assertRefused(
        "is not the key of the certificate", certificate, "worker.key=" + TLS.resolve("bot.key"));
    assertRefused("32 characters", "worker.token=short");
    assertRefused("cannot be read", "worker.token_file=" + folder.resolve("none"));
    assertRefused(
        "is empty", "worker.token_file=" + Files.writeString(folder.resolve("empty"), ""));
  }

  @Test
  void noMoreFilesAreAllowedThanAMessageToAWorkerCarries() throws Exception {
    assertEquals(
        480L << 20,
        Settings.from(configuration("sandbox.files_mib=480"), folder).turn().limits().fileBytes());
    assertRefused("from 0 to 480", "sandbox.files_mib=481");
  }

  private void assertRefused(String words, String... set) {
    ConfigurationException refused =
        assertThrows(ConfigurationException.class, () -> Settings.from(configuration(set), folder));
    assertTrue(
        refused.problems().stream().anyMatch(problem -> problem.contains(words)),
        refused.problems()::toString);
  }

  private WorkerHostSettings read(String... set) throws ConfigurationException {
    return Settings.from(configuration(set), folder).workers();
  }

  private static Configuration configuration(String... set) throws ConfigurationException {
    return Configuration.read(Optional.empty(), List.of(set), name -> null);
  }
}

package dev.reckon.sandbox.remote;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** What hosts and bots of these tests show each other. */
final class TestCredentials {
  static final String TOKEN = "0123456789abcdef".repeat(2);

  private TestCredentials() {}

  /**
   * Credentials of one side.
   *
   * @param own whose certificate it shows; empty for none
   * @param trusted whose certificate it accepts
   */
  static Credentials of(String own, String trusted, String token) throws IOException {
    return Credentials.of(
        Optional.of(own).filter(name -> !name.isEmpty()).map(name -> file(name + ".pem")),
        Optional.of(own).filter(name -> !name.isEmpty()).map(name -> file(name + ".key")),
        Optional.of(trusted).filter(name -> !name.isEmpty()).map(name -> file(name + ".pem")),
        token);
  }

  /** A host that asks for the bot's certificate, and the bot that has it. */
  static Credentials host() throws IOException {
    return of("host", "bot", "");
  }

  static Credentials bot() throws IOException {
    return of("bot", "host", "");
  }

  static Path file(String name) {
    return Path.of(System.getProperty("reckon.root"), "sandbox/host/src/test/tls", name);
  }
}

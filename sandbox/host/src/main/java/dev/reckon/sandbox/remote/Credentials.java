package dev.reckon.sandbox.remote;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * How one side of a connection proves who it is, and what it asks of the other. Immutable.
 *
 * @param tls what encrypts connections; empty where they stay on this machine
 * @param certificate whether this side has a certificate of its own
 * @param mutual whether the other side's certificate must come from a given issuer
 * @param token shared by bots and hosts; empty means none
 */
public record Credentials(
    Optional<SSLContext> tls, boolean certificate, boolean mutual, String token) {
  /** The shortest token: 32 characters of hexadecimal digits are 128 bits. */
  public static final int SHORTEST_TOKEN = 32;

  /** Nothing but the machine's own boundary. */
  public static final Credentials NONE = new Credentials(Optional.empty(), false, false, "");

  /**
   * @throws IllegalArgumentException when the token is too short to be one
   */
  public Credentials {
    if (!token.isEmpty() && token.length() < SHORTEST_TOKEN) {
      throw new IllegalArgumentException(
          "a token has " + SHORTEST_TOKEN + " characters or more; try: openssl rand -hex 32");
    }
  }

  /**
   * Reads PEM files.
   *
   * @param certificate of this side, if it has one
   * @param key of that certificate
   * @param ca who may have issued the other side's certificate; empty means any public issuer
   * @throws IOException when a file cannot be used; the message names it
   */
  public static Credentials of(
      Optional<Path> certificate, Optional<Path> key, Optional<Path> ca, String token)
      throws IOException {
    return new Credentials(
        Optional.of(PemFiles.context(certificate, key, ca)),
        certificate.isPresent(),
        ca.isPresent(),
        token);
  }

  /** Compares in a time that tells nothing about the token. */
  boolean accepts(String shown) {
    return MessageDigest.isEqual(
        token.getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "Credentials[tls=" + tls.isPresent() + ", mutual=" + mutual + "]"; // never the token
  }
}

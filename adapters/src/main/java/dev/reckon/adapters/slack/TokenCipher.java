package dev.reckon.adapters.slack;

import java.io.Serial;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts tokens for the store: AES-256 in GCM with a random nonce, bound to the installation that
 * they belong to, so that a row's content does not work in another row. Safe for use by any number
 * of threads.
 */
final class TokenCipher {
  private static final String ALGORITHM = "AES/GCM/NoPadding";
  private static final int KEY_BYTES = 32;

  /** The nonce's size for which GCM is defined without further hashing. */
  private static final int NONCE_BYTES = 12;

  private static final int TAG_BITS = 128;

  /** Before the content: how it is encrypted. */
  private static final String FORM = "1.";

  private final List<SecretKeySpec> keys;
  private final SecureRandom random = new SecureRandom();

  /**
   * A cipher.
   *
   * @param keys each 32 bytes in Base64; the first encrypts, every one decrypts
   * @throws IllegalArgumentException when a key is not valid; the message says how to make one
   */
  TokenCipher(List<String> keys) {
    if (keys.isEmpty()) {
      throw new IllegalArgumentException(
          "slack.oauth.token_key is empty; make one with: openssl rand -base64 32");
    }
    this.keys = keys.stream().map(TokenCipher::key).toList();
  }

  static void check(List<String> keys) {
    new TokenCipher(keys);
  }

  private static SecretKeySpec key(String base64) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      bytes = new byte[0];
    }
    if (bytes.length != KEY_BYTES) {
      throw new IllegalArgumentException(
          "slack.oauth.token_key must be 32 random bytes in Base64; make one with: openssl rand"
              + " -base64 32");
    }
    return new SecretKeySpec(bytes, "AES");
  }

  /** Encrypts a text for that installation. */
  String encrypt(String installation, String text) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, keys.getFirst(), nonce, installation);
      byte[] content = cipher.doFinal(text.getBytes(StandardCharsets.UTF_8));
      byte[] all = Arrays.copyOf(nonce, nonce.length + content.length);
      System.arraycopy(content, 0, all, nonce.length, content.length);
      return FORM + Base64.getEncoder().encodeToString(all);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("tokens cannot be encrypted", e);
    }
  }

  /**
   * Decrypts what {@link #encrypt} made for the same installation.
   *
   * @throws UnreadableException when none of the keys fits, or somebody changed the text
   */
  String decrypt(String installation, String sealed) throws UnreadableException {
    byte[] all;
    try {
      all = Base64.getDecoder().decode(sealed.startsWith(FORM) ? sealed.substring(2) : "");
    } catch (IllegalArgumentException e) {
      throw new UnreadableException(e);
    }
    if (all.length <= NONCE_BYTES) {
      throw new UnreadableException(null);
    }
    byte[] nonce = Arrays.copyOf(all, NONCE_BYTES);
    @Nullable GeneralSecurityException last = null;
    for (SecretKeySpec key : keys) {
      try {
        Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, nonce, installation);
        byte[] text = cipher.doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES);
        return new String(text, StandardCharsets.UTF_8);
      } catch (AEADBadTagException e) {
        last = e;
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("tokens cannot be decrypted", e);
      }
    }
    throw new UnreadableException(last);
  }

  private static Cipher cipher(int mode, SecretKeySpec key, byte[] nonce, String installation)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(ALGORITHM);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(installation.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  /** The stored tokens were not encrypted under any of the keys, or were changed since. */
  static final class UnreadableException extends Exception {
    @Serial private static final long serialVersionUID = 1;

    UnreadableException(@Nullable Exception cause) {
      super("slack.oauth.token_key does not fit the stored tokens", cause);
    }
  }
}

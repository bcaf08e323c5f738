package dev.reckon.core.store.jdbi;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jdbi.v3.core.Handle;

/** Names for people who are to be forgotten: the same for the same person, and salted. */
final class Pseudonyms {
  /** Stands where a name was shown. */
  static final String NAME = "somebody who was forgotten";

  private Pseudonyms() {}

  static String of(Handle handle, String person) {
    String salt = handle.createQuery("select salt from pseudonym_salt").mapTo(String.class).one();
    return "forgotten/" + sha256(salt + person).substring(0, 24);
  }

  static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

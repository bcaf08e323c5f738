package dev.reckon.core.store.jdbi;

import dev.reckon.core.store.ContentHash;
import org.jdbi.v3.core.Handle;

/** Names for people who are to be forgotten: the same for the same person, and salted. */
final class Pseudonyms {
  /** Stands where a name was shown. */
  static final String NAME = "somebody who was forgotten";

  private Pseudonyms() {}

  static String of(Handle handle, String person) {
    String salt = handle.createQuery("select salt from pseudonym_salt").mapTo(String.class).one();
    return "forgotten/" + ContentHash.of(salt + person).substring(0, 24);
  }
}

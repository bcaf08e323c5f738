package dev.reckon.core.message;

import org.jspecify.annotations.Nullable;

/**
 * Who wrote or pressed something.
 *
 * @param id unique over all surfaces, such as {@code slack/T1/U1}
 * @param name for people; hostile text, escaped by whoever shows it
 * @param standing what the platform says of this person
 * @param timeZone the IANA name of their time zone, or null where the platform tells none
 * @param locale their language and country as a BCP 47 tag, such as {@code de-DE}, or null
 */
public record Person(
    String id, String name, Standing standing, @Nullable String timeZone, @Nullable String locale) {
  /** Somebody of whom nothing else is known. */
  public Person(String id, String name, Standing standing) {
    this(id, name, standing, null, null);
  }

  /** What the platform says of a person; allow-lists and administrators are the policy's. */
  public enum Standing {
    MEMBER,
    /** An administrator of the workspace or chat. */
    ADMINISTRATOR,
    /** A guest of the workspace. */
    GUEST,
    /** Someone of another organisation, in a shared channel. */
    EXTERNAL
  }
}

package dev.reckon.core.message;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * The person who wrote or pressed something.
 *
 * @param id unique over all surfaces, such as {@code slack/T1/U1}
 * @param name for people; hostile text, escaped by whoever shows it
 * @param role as the platform reports it; stored under its former name, {@code standing}
 * @param timeZone the IANA name of their time zone, or null where the platform tells none
 * @param locale their language and country as a BCP 47 tag, such as {@code de-DE}, or null
 */
public record Person(
    String id,
    String name,
    @JsonProperty("standing") Role role,
    @Nullable String timeZone,
    @Nullable String locale) {
  /** A person without a time zone and locale. */
  public Person(String id, String name, Role role) {
    this(id, name, role, null, null);
  }

  /**
   * A person's role on the platform. Allow-lists and Reckon's own administrators belong to the
   * policy.
   */
  public enum Role {
    MEMBER,
    /** An administrator of the workspace or chat. */
    ADMINISTRATOR,
    /** A guest of the workspace. */
    GUEST,
    /** Someone of another organisation, in a shared channel. */
    EXTERNAL,
    /** Someone who has left the workspace or chat; what they scheduled is still there. */
    FORMER
  }
}

package dev.reckon.core.message;

/**
 * Who wrote or pressed something.
 *
 * @param id unique over all surfaces, such as {@code slack/T1/U1}
 * @param name for people; hostile text, escaped by whoever shows it
 * @param standing what the platform says of this person
 */
public record Person(String id, String name, Standing standing) {
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

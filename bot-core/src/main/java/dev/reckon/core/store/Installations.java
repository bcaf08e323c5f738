package dev.reckon.core.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Workspaces and organisations that installed a platform's app themselves. Their tokens are
 * encrypted before they come here, under a key that the store does not have.
 */
public interface Installations {
  /**
   * One installation.
   *
   * @param id the surface and its id of the workspace or organisation, such as {@code slack/T1}
   * @param details what else the surface needs to know, in its own JSON; nothing secret
   * @param sealed the encrypted tokens
   * @param version grows with every change; 0 for one that is not stored yet
   */
  record Installation(
      String id, String details, String sealed, Instant installedAt, long version) {}

  /**
   * Stores an installation in place of an earlier one with the same id.
   *
   * @return the same with its version
   */
  Installation install(Installation installation);

  Optional<Installation> find(String id);

  /** All of a surface, by id. */
  List<Installation> all(String surface);

  /**
   * Replaces the tokens, unless somebody else did so since that version was read.
   *
   * @return whether they were replaced
   */
  boolean replaceTokens(String id, long version, String sealed);

  /**
   * Deletes an installation with its tokens and teams, unless it is newer than what removes it: a
   * platform may tell of a removal after the app was installed again.
   *
   * @return whether there was one
   */
  boolean remove(String id, Instant removedAt);

  /** Records which installation serves a team; does nothing if that installation is gone. */
  void serve(String team, String installation);

  /** The installation that serves a team, if any does. */
  Optional<String> serving(String team);

  /** The teams that an installation serves. */
  Set<String> served(String installation);

  /** Ends that an installation serves a team. */
  void leave(String team, String installation);
}

package dev.reckon.core.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Links by which a person shares one computation with whoever has the link. Making and revoking one
 * is entered in the audit record, in the same transaction.
 */
public interface WebShares {
  /**
   * A link, without its token.
   *
   * @param turn what it shows
   * @param person who made it
   */
  record WebShare(long id, long turn, String person, Instant createdAt, Instant expiresAt) {}

  /**
   * Keeps a new one.
   *
   * @param token a hash of the token in the link, never the token itself
   */
  WebShare create(String token, long turn, String person, Instant now, Instant expiresAt);

  /** The link with that hash, unless it was revoked or has expired. */
  Optional<WebShare> find(String token, Instant now);

  /** A person's links that have not expired, the newest first. Expired ones are deleted. */
  List<WebShare> of(String person, Instant now);

  /**
   * Ends a link, if it is that person's.
   *
   * @return whether there was one
   */
  boolean revoke(long id, String person, Instant now);
}

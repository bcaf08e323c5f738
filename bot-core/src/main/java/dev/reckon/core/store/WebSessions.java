package dev.reckon.core.store;

import java.time.Instant;
import java.util.List;

/** Browsers that are signed in. */
public interface WebSessions {
  /**
   * One browser.
   *
   * @param id a hash of what the browser proves itself with, never the secret itself
   * @param person who signed in
   * @param agent what the browser calls itself; hostile text
   * @param seenAt about when it was last used
   */
  record WebSession(
      String id,
      String person,
      String agent,
      Instant createdAt,
      Instant seenAt,
      Instant expiresAt) {}

  /** Keeps a new one. */
  void open(WebSession session);

  /** It was used, and lasts until then. */
  void seen(String id, Instant at, Instant expiresAt);

  /** It must not be used any more. */
  void revoke(String id);

  /** Those that have not expired, the one used last first; expired ones are deleted. */
  List<WebSession> valid(Instant now);
}

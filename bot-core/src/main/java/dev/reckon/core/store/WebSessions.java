package dev.reckon.core.store;

import java.time.Instant;
import java.util.List;

/** Browsers that are signed in. */
public interface WebSessions {
  /**
   * Who signed in, as it was established then.
   *
   * @param person the id, the same as in chats
   * @param name as the provider gave it; hostile text
   * @param team whose saved computations and budget are theirs
   * @param teamName may be empty
   * @param provider who vouched for them: {@code link}, {@code slack}, {@code telegram} or {@code
   *     proxy}
   */
  record Identity(String person, String name, String team, String teamName, String provider) {
    /** Signed in by a link that this program printed. */
    public static final String LINK = "link";

    /** Whether it is the owner of this machine's store. */
    public boolean isLocal() {
      return provider.equals(LINK);
    }
  }

  /**
   * One browser.
   *
   * @param id a hash of what the browser proves itself with, never the secret itself
   * @param who signed in
   * @param agent what the browser calls itself; hostile text
   * @param seenAt about when it was last used
   */
  record WebSession(
      String id, Identity who, String agent, Instant createdAt, Instant seenAt, Instant expiresAt) {
    /** The id of who signed in. */
    public String person() {
      return who.person();
    }
  }

  /** Keeps a new one. */
  void open(WebSession session);

  /** It was used, and lasts until then. */
  void seen(String id, Instant at, Instant expiresAt);

  /** It must not be used any more. */
  void revoke(String id);

  /** Those that have not expired, the one used last first. */
  List<WebSession> valid(Instant now);
}

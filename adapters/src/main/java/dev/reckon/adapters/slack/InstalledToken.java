package dev.reckon.adapters.slack;

import dev.reckon.core.store.Installations;
import dev.reckon.core.store.Installations.Installation;
import dev.reckon.core.store.StoreException;
import dev.reckon.core.surface.DeliveryException;
import dev.reckon.core.surface.DeliveryException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The token of an installation in the store. Where tokens expire, the next one is asked for two
 * hours ahead, as Bolt does, and stored before it is used. A refresh token works once, so calls of
 * one process wait for each other; of two processes, the second takes what the first stored.
 */
final class InstalledToken implements BotToken {
  private static final Logger LOG = LoggerFactory.getLogger(InstalledToken.class);
  private static final Duration AHEAD = Duration.ofHours(2);

  /** Within that time, a removal or new tokens by another process are noticed. */
  private static final Duration FRESH = Duration.ofMinutes(1);

  private final String id;
  private final Installations store;
  private final TokenCipher cipher;
  private final OAuthClient client;
  private final InstantSource clock;

  private @Nullable Held held;
  private Instant nextTry = Instant.MIN;

  /** The tokens as they were last read or received, and whether the store has them. */
  private record Held(long version, BotTokens tokens, Instant readAt, boolean stored) {}

  InstalledToken(
      String id, Installations store, TokenCipher cipher, OAuthClient client, InstantSource clock) {
    this.id = id;
    this.store = store;
    this.cipher = cipher;
    this.client = client;
    this.clock = clock;
  }

  @Override
  public synchronized String current() throws SlackFailure {
    Held now = kept(read());
    Instant time = clock.instant();
    if (now.tokens().expireBefore(time.plus(AHEAD)) && !time.isBefore(nextTry)) {
      try {
        return rotate(now).tokens().access();
      } catch (SlackFailure e) {
        if (!e.meaning().isPassing() || now.tokens().expireBefore(time)) {
          throw e;
        }
        nextTry = time.plus(FRESH);
        LOG.warn("{}: {}; the present token is used meanwhile", id, e.getMessage());
      }
    }
    return now.tokens().access();
  }

  @Override
  public synchronized boolean replace(String refused, String code) throws SlackFailure {
    if (held == null || held.stored()) {
      held = null;
    }
    Held now = read();
    if (!now.tokens().access().equals(refused)) {
      return true;
    }
    if (code.equals("token_expired") && !now.tokens().refresh().isEmpty()) {
      rotate(now);
      return true;
    }
    return false;
  }

  @Override
  public String advice() {
    return "install the app again at " + client.oauth().installPage();
  }

  private Held read() throws SlackFailure {
    Held known = held;
    Instant time = clock.instant();
    if (known != null && (!known.stored() || known.readAt().plus(FRESH).isAfter(time))) {
      return known;
    }
    Optional<Installation> found = store.find(id);
    if (found.isEmpty()) {
      held = null;
      throw refused("token_revoked", "Reckon is not installed in " + id + " any more");
    }
    try {
      BotTokens tokens = BotTokens.opened(cipher, id, found.get().sealed());
      Held read = new Held(found.get().version(), tokens, time, true);
      held = read;
      return read;
    } catch (TokenCipher.UnreadableException e) {
      throw refused("token_unreadable", e.getMessage() + " of " + id);
    }
  }

  private Held rotate(Held from) throws SlackFailure {
    BotTokens next;
    try {
      next = BotTokens.of(client.refresh(from.tokens().refresh()), clock.instant());
    } catch (SlackFailure e) {
      if (e.meaning().isPassing()) {
        throw e;
      }
      // Another process may have been first.
      held = null;
      Held now = read();
      if (now.version() != from.version()) {
        return now;
      }
      throw refused(
          "token_expired",
          "Slack gives no new token for %s (%s); %s".formatted(id, e.code(), advice()));
    }
    // Slack no longer accepts the old refresh token: from here on only these work.
    return kept(new Held(from.version(), next, clock.instant(), false));
  }

  /**
   * The same tokens, stored if they were not; those that cannot be stored at the moment are used.
   */
  private Held kept(Held tokens) {
    if (tokens.stored()) {
      return tokens;
    }
    held = tokens;
    try {
      String sealed = tokens.tokens().sealed(cipher, id);
      if (!store.replaceTokens(id, tokens.version(), sealed)) {
        LOG.warn("the new token of {} was not stored: it was installed again meanwhile", id);
      }
      Held stored = new Held(tokens.version() + 1, tokens.tokens(), Instant.MIN, true);
      held = stored;
      return stored;
    } catch (StoreException e) {
      LOG.error("the new token of {} could not be stored; it is tried again", id, e);
      return tokens;
    }
  }

  private static SlackFailure refused(String code, String why) {
    return new SlackFailure(code, new DeliveryException(Kind.FORBIDDEN, why));
  }
}

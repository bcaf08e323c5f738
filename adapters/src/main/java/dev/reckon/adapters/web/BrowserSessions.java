package dev.reckon.adapters.web;

import dev.reckon.core.message.Truncation;
import dev.reckon.core.store.ContentHash;
import dev.reckon.core.store.WebSessions;
import dev.reckon.core.store.WebSessions.Identity;
import dev.reckon.core.store.WebSessions.WebSession;
import dev.reckon.core.surface.render.Sanitizer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who is signed in. A link with a token signs in one browser, once; the browser then has a cookie
 * of which the store keeps the hash. This process holds the store's lock, so what it has in memory
 * is what is valid. Safe for use by any number of threads.
 */
final class BrowserSessions {
  private static final int SECRET_BYTES = 32;
  private static final int LONGEST_SECRET = 100;
  private static final int LONGEST_AGENT = 200;
  private static final int MOST_LINKS = 20;

  /** Signing in again and again leaves no more than this many for one person. */
  private static final int MOST_OF_A_PERSON = 30;

  /** How often being used is written down, and the time from which it lasts is moved. */
  private static final Duration NOTED = Duration.ofMinutes(5);

  /** Shorter than {@link #NOTED}, so that being used is not written down. */
  private static final Duration BRIEF = Duration.ofMinutes(2);

  private final WebSessions store;
  private final Duration lasts;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, WebSession> sessions = new ConcurrentHashMap<>();

  /** Hashes of the tokens that have not been used, with the person each is for. */
  private final Map<String, Link> links = new ConcurrentHashMap<>();

  private record Link(Identity who, Instant madeAt) {}

  /** A browser that has just signed in, with the secret that only it knows. */
  record SignedIn(WebSession session, String secret) {}

  BrowserSessions(WebSessions store, Duration lasts, InstantSource clock) {
    this.store = store;
    this.lasts = lasts;
    this.clock = clock;
    store.valid(clock.instant()).forEach(session -> sessions.put(session.id(), session));
  }

  /** A token that signs one browser in as that person, once. */
  String link(Identity who) {
    String token = secret();
    if (links.size() >= MOST_LINKS) {
      links.entrySet().stream()
          .min(Comparator.comparing(entry -> entry.getValue().madeAt()))
          .ifPresent(oldest -> links.remove(oldest.getKey()));
    }
    links.put(ContentHash.of(token), new Link(who, clock.instant()));
    return token;
  }

  /** Signs a browser in, if the token is one that was not used before. */
  Optional<SignedIn> signIn(String token, String agent) {
    if (token.length() > LONGEST_SECRET) {
      return Optional.empty();
    }
    Link link = links.remove(ContentHash.of(token));
    return link == null ? Optional.empty() : Optional.of(open(link.who(), agent));
  }

  /** Signs a browser in as somebody whose identity was established, under a secret of its own. */
  SignedIn open(Identity who, String agent) {
    of(who.person()).stream()
        .skip(MOST_OF_A_PERSON - 1)
        .forEach(surplus -> revoke(surplus.id(), who.person()));
    String secret = secret();
    Instant now = clock.instant();
    WebSession session =
        new WebSession(
            ContentHash.of(secret),
            who,
            Truncation.cut(Sanitizer.oneLine(agent), LONGEST_AGENT),
            now,
            now,
            now.plus(lasts));
    store.open(session);
    sessions.put(session.id(), session);
    return new SignedIn(session, secret);
  }

  /**
   * Does something with the secret of a session that is never stored, and ends with it.
   *
   * @param who is signed in meanwhile
   */
  void briefly(Identity who, BriefUse use) throws InterruptedException {
    String secret = secret();
    Instant now = clock.instant();
    WebSession session =
        new WebSession(ContentHash.of(secret), who, "Reckon itself", now, now, now.plus(BRIEF));
    sessions.put(session.id(), session);
    try {
      use.with(secret);
    } finally {
      sessions.remove(session.id());
    }
  }

  /** What is done with a session that ends with it. */
  @FunctionalInterface
  interface BriefUse {
    void with(String secret) throws InterruptedException;
  }

  /** The session of a browser with that secret. Reads memory only. */
  Optional<WebSession> find(String secret) {
    if (secret.isEmpty() || secret.length() > LONGEST_SECRET) {
      return Optional.empty();
    }
    return Optional.ofNullable(sessions.get(ContentHash.of(secret)))
        .filter(session -> session.expiresAt().isAfter(clock.instant()));
  }

  /** It was used; its time begins again. */
  void used(WebSession session) {
    Instant now = clock.instant();
    if (session.seenAt().plus(NOTED).isAfter(now)) {
      return;
    }
    WebSession later =
        new WebSession(
            session.id(),
            session.who(),
            session.agent(),
            session.createdAt(),
            now,
            now.plus(lasts));
    if (sessions.replace(session.id(), session, later)) {
      store.seen(session.id(), now, later.expiresAt());
    }
  }

  /** Whether it may still be used. */
  boolean isValid(WebSession session) {
    WebSession now = sessions.get(session.id());
    return now != null && now.expiresAt().isAfter(clock.instant());
  }

  /** A person's browsers, the one used last first. */
  List<WebSession> of(String person) {
    return sessions.values().stream()
        .filter(session -> session.person().equals(person) && isValid(session))
        .sorted(Comparator.comparing(WebSession::seenAt).reversed())
        .toList();
  }

  /** Signs a browser out, if it is that person's. */
  void revoke(String id, String person) {
    WebSession session = sessions.get(id);
    if (session != null && session.person().equals(person)) {
      sessions.remove(id);
      store.revoke(id);
    }
  }

  /** What forms of a browser with that secret carry, so that no other page can send them. */
  static String formToken(String secret) {
    return ContentHash.of("form " + secret);
  }

  /** Compares in a time that does not tell where two texts differ. */
  static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  private String secret() {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}

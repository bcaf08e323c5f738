package dev.reckon.adapters.web;

import dev.reckon.core.store.ContentHash;
import dev.reckon.core.store.TurnRecord;
import dev.reckon.core.store.WebShares;
import dev.reckon.core.store.WebShares.WebShare;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Links by which whoever asked shares one computation further: with anybody who has the link, until
 * it is revoked or expires. The store keeps a hash of what makes them unguessable.
 */
final class ShareLinks {
  /** Nobody keeps an eye on more. */
  private static final int MOST_OF_A_PERSON = 100;

  private static final int TOKEN_BYTES = 32;
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}");

  private final WebShares shares;
  private final TeamAccess access;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  ShareLinks(WebShares shares, TeamAccess access, InstantSource clock) {
    this.shares = shares;
    this.access = access;
    this.clock = clock;
  }

  /** Whether that visitor may make a link to it: nobody but who asked. */
  private boolean mayShare(TurnRecord turn, Visitor visitor) {
    return access.sharing().isPositive() && turn.person().equals(visitor.person().id());
  }

  /** The form that makes a link, for whom it is meant. */
  Html form(TurnRecord turn, Visitor visitor) {
    if (!mayShare(turn, visitor)) {
      return Html.none();
    }
    return Html.section(
        "Share it",
        Html.all(
            Html.el("p", "note")
                .text(
                    ("Whoever has the link can read this page without signing in, for %d days or"
                            + " until you revoke it.")
                        .formatted(access.sharing().toDays())),
            PostForm.of(visitor, "/web/share", "turn", Long.toString(turn.id()), "Create a link")));
  }

  /**
   * Makes a link, and returns its path, which cannot be shown again.
   *
   * @throws RefusedRequest when that visitor may not, or has too many
   */
  String create(TurnRecord turn, Visitor visitor) {
    if (!mayShare(turn, visitor)) {
      throw new RefusedRequest(403, "Only the person who asked may share a computation.");
    }
    if (of(visitor).size() >= MOST_OF_A_PERSON) {
      throw new RefusedRequest(
          409, "You share %d links. Revoke one first.".formatted(MOST_OF_A_PERSON));
    }
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    shares.create(
        ContentHash.of(token),
        turn.id(),
        visitor.person().id(),
        clock.instant(),
        clock.instant().plus(access.sharing()));
    return "/s/" + token;
  }

  /** The link with that token, if there is one. */
  Optional<WebShare> find(String token) {
    return TOKEN.matcher(token).matches() && access.sharing().isPositive()
        ? shares.find(ContentHash.of(token), clock.instant())
        : Optional.empty();
  }

  /** A visitor's links. */
  List<WebShare> of(Visitor visitor) {
    return shares.of(visitor.person().id(), clock.instant());
  }

  /** Ends one of a visitor's links. */
  void revoke(long id, Visitor visitor) {
    shares.revoke(id, visitor.person().id(), clock.instant());
  }

  /** A path as people can pass it on. */
  String address(String path, String host) {
    return access.publicUrl().isPresent() ? access.at(path).toString() : "http://" + host + path;
  }
}

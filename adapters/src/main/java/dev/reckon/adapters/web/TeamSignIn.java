package dev.reckon.adapters.web;

import dev.reckon.adapters.web.OpenIdClient.SignInException;
import dev.reckon.adapters.web.OpenIdClient.Ties;
import dev.reckon.core.message.Address;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Team;
import dev.reckon.core.policy.AdmissionRequest;
import dev.reckon.core.store.ContentHash;
import dev.reckon.core.store.WebSessions.Identity;
import io.javalin.http.Context;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signing in with a platform. The browser keeps a secret of its own while it is away, from which
 * state, nonce and code verifier are made; so an answer counts only in the browser that asked, and
 * nothing is remembered here for those who never come back.
 */
final class TeamSignIn {
  private static final Logger LOG = LoggerFactory.getLogger(TeamSignIn.class);
  private static final int SECRET_BYTES = 32;
  private static final int LONGEST_CODE = 2_000;
  private static final int MOST_SECONDS = 600;
  private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{43}");

  /** Says that a browser was sent to the public address already. */
  private static final String MOVED = "moved";

  private final TeamAccess access;
  private final List<OpenIdClient> clients;
  private final BrowserSessions sessions;
  private final Visitors visitors;
  private final SessionCookie cookie;
  private final PlatformMembers members;
  private final SecureRandom random = new SecureRandom();

  TeamSignIn(
      TeamAccess access,
      BrowserSessions sessions,
      Visitors visitors,
      SessionCookie cookie,
      PlatformMembers members,
      InstantSource clock) {
    this.access = access;
    this.sessions = sessions;
    this.visitors = visitors;
    this.cookie = cookie;
    this.members = members;
    this.clients =
        access.providers().stream()
            .map(it -> new OpenIdClient(it, access.at(callback(it.name())), clock))
            .toList();
  }

  /** Where a provider sends people back. */
  static String callback(String provider) {
    return "/sign-in/" + provider + "/callback";
  }

  private Optional<OpenIdClient> client(Context context) {
    return clients.stream()
        .filter(it -> it.provider().name().equals(context.pathParam("provider")))
        .findFirst();
  }

  /** Sends the browser to the platform. */
  void begin(Context context) {
    Optional<OpenIdClient> client = client(context);
    if (client.isEmpty()) {
      refuse(context, 404, "This way of signing in is not enabled here.");
      return;
    }
    String host = String.valueOf(context.header("Host"));
    if (!access.at("/").getRawAuthority().equalsIgnoreCase(host)) {
      toPublicAddress(context);
      return;
    }
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    String name = client.get().provider().name();
    setCookie(context, name, secret + "." + encoded(to(context)), MOST_SECONDS);
    context
        .header("Location", client.get().authorization(ties(secret, name)).toString())
        .status(303);
  }

  /**
   * The platform sends people back to the public address, where a cookie of this one is unknown.
   */
  private void toPublicAddress(Context context) {
    if (context.queryParam(MOVED) != null) {
      refuse(
          context,
          500,
          ("The proxy in front of Reckon does not keep the Host header of requests, so nobody can"
                  + " sign in. Whoever runs it has to forward Host as it is: it must be \"%s\".")
              .formatted(access.at("/").getRawAuthority()));
      return;
    }
    String to = Addresses.segment(to(context).value());
    URI there = access.at(context.path() + "?to=" + to + "&" + MOVED + "=1");
    context.header("Location", there.toString()).status(303);
  }

  private static LocalPath to(Context context) {
    return LocalPath.of(context.queryParam("to")).orElse(LocalPath.START);
  }

  private static String encoded(LocalPath to) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(to.value().getBytes(StandardCharsets.UTF_8));
  }

  private static LocalPath decoded(String to) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(to);
      return LocalPath.of(new String(bytes, StandardCharsets.UTF_8)).orElse(LocalPath.START);
    } catch (IllegalArgumentException e) {
      return LocalPath.START;
    }
  }

  private static Ties ties(String secret, String provider) {
    return new Ties(
        ContentHash.of("state " + provider + " " + secret),
        ContentHash.of("nonce " + provider + " " + secret),
        ContentHash.of("verifier " + provider + " " + secret));
  }

  /** The platform sent the browser back. */
  void complete(Context context) {
    Optional<OpenIdClient> client = client(context);
    if (client.isEmpty()) {
      refuse(context, 404, "This way of signing in is not enabled here.");
      return;
    }
    String name = client.get().provider().name();
    String[] kept =
        SessionCookie.value(context, cookieName(context, name)).orElse("").split("\\.", 2);
    setCookie(context, name, "", 0);
    String state = Optional.ofNullable(context.queryParam("state")).orElse("");
    String code = Optional.ofNullable(context.queryParam("code")).orElse("");
    if (kept.length < 2
        || !SECRET.matcher(kept[0]).matches()
        || !BrowserSessions.same(state, ties(kept[0], name).state())) {
      refuse(
          context,
          401,
          "This sign-in was started in another browser, or has expired. Start again.");
      return;
    }
    if (code.isEmpty() || code.length() > LONGEST_CODE) {
      refuse(
          context,
          401,
          "You are not signed in: %s gave no permission."
              .formatted(client.get().provider().platform()));
      return;
    }
    try {
      signIn(context, client.get().identity(code, ties(kept[0], name)), decoded(kept[1]));
    } catch (SignInException e) {
      LOG.info("A sign-in with {} failed: {}", name, String.valueOf(e.getCause()));
      refuse(context, 401, String.valueOf(e.getMessage()));
    } catch (RefusedRequest e) {
      refuse(context, e.status(), e.words());
    }
  }

  private void signIn(Context context, Identity who, LocalPath to) {
    Person person = members.known(new Person(who.person(), who.name(), Person.Role.MEMBER));
    Optional<String> refusal = access.refusal().apply(asking(who, person));
    if (refusal.isPresent()) {
      refuse(context, 403, refusal.get());
      return;
    }
    visitors.endSession(context);
    String agent = Optional.ofNullable(context.header("User-Agent")).orElse("a browser");
    cookie.remember(context, sessions.open(who, agent).secret());
    Page.leadOn(context, to);
  }

  /** What the policy is asked about a person on any page. */
  static AdmissionRequest asking(Identity who, Person person) {
    ConversationId nowhere = new ConversationId(WebSurface.NAME + "/sign-in");
    return new AdmissionRequest(
        nowhere.value() + "/" + person.id(),
        nowhere,
        new Team(who.team(), who.teamName()),
        person,
        new Address(WebSurface.NAME, nowhere.value(), nowhere.value(), true),
        AdmissionRequest.Kind.WORD);
  }

  private void refuse(Context context, int status, String reason) {
    SignInPage.show(context, status, reason, access.providers(), LocalPath.START);
  }

  /** The answer comes from another site's page, so this one cookie is sent there, too. */
  private void setCookie(Context context, String provider, String value, int seconds) {
    String host = String.valueOf(context.header("Host"));
    context
        .res()
        .addHeader(
            "Set-Cookie",
            "%s=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Lax%s"
                .formatted(
                    cookieName(context, provider),
                    value,
                    seconds,
                    access.isSecure(host) ? "; Secure" : ""));
  }

  private String cookieName(Context context, String provider) {
    return cookie.name(String.valueOf(context.header("Host"))) + "_" + provider;
  }
}

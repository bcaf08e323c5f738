package dev.reckon.adapters.web;

import dev.reckon.core.message.Person;
import dev.reckon.core.message.Team;
import dev.reckon.core.store.WebSessions.Identity;
import dev.reckon.core.store.WebSessions.WebSession;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.Collections;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Who sends a request: by the session that its cookie names, or by the header of a trusted proxy.
 * Safe for use by any number of threads.
 */
final class Visitors {
  private final WebSettings settings;
  private final BrowserSessions sessions;
  private final TeamAccess access;
  private final SessionCookie cookie;
  private final Predicate<String> administrators;

  Visitors(
      WebSettings settings,
      BrowserSessions sessions,
      TeamAccess access,
      SessionCookie cookie,
      Predicate<String> administrators) {
    this.settings = settings;
    this.sessions = sessions;
    this.access = access;
    this.cookie = cookie;
    this.administrators = administrators;
  }

  /** The person whose session the request's cookie names. */
  Optional<Visitor> of(Function<String, Optional<String>> headers) {
    return cookie.secrets(headers).flatMap(secret -> of(secret).stream()).findFirst();
  }

  private Optional<Visitor> of(String secret) {
    return sessions
        .find(secret)
        .filter(session -> isAccepted(session.who()))
        .map(session -> visitor(session, secret));
  }

  /** The same, if whoever came by the proxy comes by it this time too. */
  Optional<Visitor> of(Context context) {
    return of(name -> Optional.ofNullable(context.header(name)))
        .filter(found -> isVouchedFor(context, found));
  }

  /** The same where the connection's address is not known, which the session vouches for. */
  Optional<Visitor> ofStream(Function<String, Optional<String>> headers) {
    return of(headers).filter(found -> isStillNamed(headers, found.session().who()));
  }

  private boolean isStillNamed(Function<String, Optional<String>> headers, Identity who) {
    return !who.provider().equals(ProxySignIn.PROVIDER)
        || access
            .proxy()
            .filter(proxy -> proxy.names(headers.apply(proxy.header()).orElse(""), who))
            .isPresent();
  }

  private boolean isVouchedFor(Context context, Visitor visitor) {
    Identity who = visitor.session().who();
    return !who.provider().equals(ProxySignIn.PROVIDER)
        || byProxy(context).filter(now -> now.person().equals(who.person())).isPresent();
  }

  private Optional<Identity> byProxy(Context context) {
    return access
        .proxy()
        .flatMap(
            proxy ->
                proxy.identity(
                    context.req().getRemoteAddr(),
                    Collections.list(context.req().getHeaders(proxy.header()))));
  }

  /** Signs in whoever a trusted proxy names. */
  Optional<Visitor> signedInByProxy(Context context) {
    if (!context.method().equals(HandlerType.GET)) {
      return Optional.empty();
    }
    return byProxy(context)
        .map(
            who -> {
              String agent = Optional.ofNullable(context.header("User-Agent")).orElse("a browser");
              BrowserSessions.SignedIn signedIn = sessions.open(who, agent);
              cookie.remember(context, signedIn.secret());
              return visitor(signedIn.session(), signedIn.secret());
            });
  }

  /** The browser's session, if it has one, ends: another begins. */
  void endSession(Context context) {
    of(name -> Optional.ofNullable(context.header(name)))
        .ifPresent(old -> sessions.revoke(old.session().id(), old.person().id()));
  }

  /** Whether people still sign in the way that this person did. */
  private boolean isAccepted(Identity who) {
    return switch (who.provider()) {
      case Identity.LINK -> who.person().equals(settings.person().id());
      case ProxySignIn.PROVIDER -> access.proxy().isPresent();
      default -> access.providers().stream().anyMatch(it -> it.name().equals(who.provider()));
    };
  }

  private Visitor visitor(WebSession session, String secret) {
    Identity who = session.who();
    String token = BrowserSessions.formToken(secret);
    boolean administers = administrators.test(who.person());
    return who.isLocal()
        ? new Visitor(settings.person(), settings.team(), session, token, administers)
        : new Visitor(
            new Person(who.person(), who.name(), Person.Role.MEMBER),
            new Team(who.team(), who.teamName()),
            session,
            token,
            administers);
  }
}

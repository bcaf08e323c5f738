package dev.reckon.adapters.web;

import dev.reckon.adapters.http.HeaderCheck;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Team;
import dev.reckon.core.store.WebSessions.Identity;
import dev.reckon.core.store.WebSessions.WebSession;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.net.URI;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands before every page: the name under which it is asked for (against DNS rebinding), where a
 * form was sent from, who is signed in, the form's token, and the headers that keep a browser from
 * running anything but our own scripts. Safe for use by any number of threads.
 */
final class RequestGuard {
  /** The name of the header in which scripts send the form token. */
  static final String TOKEN_HEADER = "X-Reckon-Token";

  private static final Logger LOG = LoggerFactory.getLogger(RequestGuard.class);
  private static final Set<String> OWN_NAMES = Set.of("127.0.0.1", "localhost", "[::1]");
  private static final String COOKIE = "reckon_";

  /** Only scripts, styles and pictures of ours, and nothing inline. */
  private static final String PAGE_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  /** The headers of every answer. */
  static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy", PAGE_POLICY,
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "DENY",
          "Referrer-Policy", "same-origin",
          "Cross-Origin-Opener-Policy", "same-origin",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Permissions-Policy", "camera=(), microphone=(), geolocation=()",
          "Cache-Control", "no-store");

  private final WebSettings settings;
  private final BrowserSessions sessions;
  private final TeamAccess access;
  private final Membership membership;
  private final Predicate<String> administrators;

  RequestGuard(
      WebSettings settings,
      BrowserSessions sessions,
      TeamAccess access,
      Membership membership,
      Predicate<String> administrators) {
    this.administrators = administrators;
    this.settings = settings;
    this.sessions = sessions;
    this.access = access;
    this.membership = membership;
  }

  /** What answers a visitor. */
  interface Signed {
    void handle(Context context, Visitor visitor) throws Exception;
  }

  /** For pages that anybody may see. */
  Handler open(Handler handler) {
    return context -> {
      secure(context);
      if (isKnownHost(Optional.ofNullable(context.header("Host")))) {
        handler.handle(context);
      } else {
        context.status(421).contentType("text/plain").result("Reckon is not served as this host.");
      }
    };
  }

  /** For pages that need a person; others are told how to sign in. */
  Handler signed(Signed handler) {
    return open(
        context -> {
          Optional<Visitor> signedIn =
              visitor(name -> Optional.ofNullable(context.header(name)))
                  .filter(found -> isVouchedFor(context, found));
          if (signedIn.isEmpty() && isFromElsewhere(context)) {
            goOn(context, here(context));
            return;
          }
          Optional<Visitor> visitor = signedIn.or(() -> signedInByProxy(context));
          if (visitor.isEmpty()) {
            refuse(context, 401, "You are not signed in.");
            return;
          }
          sessions.used(visitor.get().session());
          try {
            Visitor known = visitor.get().known(known(visitor.get()));
            if (known.person().role() == Person.Role.FORMER) {
              sessions.revoke(known.session().id(), known.person().id());
              refuse(context, 401, "You are not a member any more.");
              return;
            }
            Optional<String> refusal = refusal(known);
            if (refusal.isPresent()) {
              refuse(context, 403, refusal.get());
              return;
            }
            handler.handle(context, known);
          } catch (RefusedRequest refused) {
            if (isPage(context)) {
              ErrorPage.show(context, visitor.get(), refused.status(), refused.words());
            } else {
              context
                  .status(refused.status())
                  .contentType("text/plain; charset=utf-8")
                  .result(refused.words());
            }
          } catch (RuntimeException fault) {
            LOG.error("The page {} met a fault", context.path(), fault);
            ErrorPage.show(
                context, visitor.get(), 500, "Something is wrong inside Reckon. Try again.");
          }
        });
  }

  /** How to sign in, and where to go on then. */
  private void refuse(Context context, int status, String reason) {
    SignInPage.show(context, status, reason, access.providers(), here(context));
  }

  private static LocalPath here(Context context) {
    String query = context.queryString();
    return context.method().equals(HandlerType.GET)
        ? LocalPath.of(context.path() + (query == null ? "" : "?" + query)).orElse(LocalPath.START)
        : LocalPath.START;
  }

  /**
   * A browser sends a strict cookie only to where a page of ours leads. So whoever comes by a link
   * in a chat is led on by such a page first.
   */
  private static boolean isFromElsewhere(Context context) {
    String site = context.header("Sec-Fetch-Site");
    return context.method().equals(HandlerType.GET)
        && ("cross-site".equals(site) || "same-site".equals(site))
        && "navigate".equals(context.header("Sec-Fetch-Mode"));
  }

  /** Answers with a page that leads on at once. */
  static void goOn(Context context, LocalPath to) {
    Page.leadOn(context, to);
  }

  /** Why the policy lets a person in no more, who may have signed in before it was changed. */
  private Optional<String> refusal(Visitor visitor) {
    Identity who = visitor.session().who();
    return isLocal(who)
        ? Optional.empty()
        : access.shutOut().apply(TeamSignIn.asking(who, visitor.person()));
  }

  private Person known(Visitor visitor) {
    return isLocal(visitor.session().who()) ? visitor.person() : membership.known(visitor.person());
  }

  private static boolean isLocal(Identity who) {
    return who.provider().equals(Identity.LINK);
  }

  /** The same where the address of the connection is not known: the session vouches for that. */
  private boolean isStillNamed(Function<String, Optional<String>> headers, Identity who) {
    return !who.provider().equals(ProxySignIn.PROVIDER)
        || access
            .proxy()
            .filter(proxy -> proxy.names(headers.apply(proxy.header()).orElse(""), who))
            .isPresent();
  }

  /** Whoever came by the proxy has to come by it each time. */
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

  private Optional<Visitor> signedInByProxy(Context context) {
    if (!context.method().equals(HandlerType.GET)) {
      return Optional.empty();
    }
    return byProxy(context)
        .map(
            who -> {
              String agent = Optional.ofNullable(context.header("User-Agent")).orElse("a browser");
              BrowserSessions.SignedIn signedIn = sessions.open(who, agent);
              remember(context, signedIn.secret());
              return visitor(signedIn.session(), signedIn.secret());
            });
  }

  private static boolean isPage(Context context) {
    String accept = context.header("Accept");
    return accept != null && accept.contains("text/html");
  }

  /** Before the body of anything that changes something is received. */
  HeaderCheck scripts() {
    return headers -> {
      Optional<String> refusal = sender(headers);
      if (refusal.isPresent()) {
        return refusal;
      }
      Optional<Visitor> visitor = visitor(headers);
      if (visitor.isEmpty()) {
        return Optional.of("You are not signed in any more.");
      }
      return headers
              .apply(TOKEN_HEADER)
              .filter(token -> BrowserSessions.same(token, visitor.get().formToken()))
              .isPresent()
          ? Optional.empty()
          : Optional.of("The page is out of date. Reload it.");
    };
  }

  /** The same for forms that are sent without a script; their token is in the body. */
  HeaderCheck forms() {
    return headers -> {
      Optional<String> refusal = sender(headers);
      return refusal.isPresent() || visitor(headers).isPresent()
          ? refusal
          : Optional.of("You are not signed in any more.");
    };
  }

  /** Refuses a form whose token is not that of the visitor's pages. */
  static void checkForm(Context context, Visitor visitor) {
    String token = context.formParam("token");
    if (token == null || !BrowserSessions.same(token, visitor.formToken())) {
      throw new RefusedRequest(403, "The page is out of date. Reload it.");
    }
  }

  private Optional<String> sender(Function<String, Optional<String>> headers) {
    Optional<String> host = headers.apply("Host");
    if (!isKnownHost(host)) {
      return Optional.of("Reckon is not served as this host.");
    }
    boolean foreign =
        headers.apply("Origin").filter(origin -> !isOrigin(origin, host.orElse(""))).isPresent()
            || headers
                .apply("Sec-Fetch-Site")
                .filter(site -> !site.equals("same-origin") && !site.equals("none"))
                .isPresent();
    return foreign ? Optional.of("The request came from another page.") : Optional.empty();
  }

  private static boolean isOrigin(String origin, String host) {
    try {
      return host.equalsIgnoreCase(String.valueOf(URI.create(origin).getAuthority()));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private boolean isKnownHost(Optional<String> host) {
    String name = host.orElse("").replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT);
    return OWN_NAMES.contains(name)
        || settings.hosts().contains(name)
        || access.publicUrl().filter(url -> name.equalsIgnoreCase(url.getHost())).isPresent();
  }

  private Optional<Visitor> visitor(Function<String, Optional<String>> headers) {
    String cookies = headers.apply("Cookie").orElse("");
    String wanted = cookieName(headers.apply("Host").orElse("")) + "=";
    for (String each : cookies.split(";", 50)) {
      String cookie = each.strip();
      if (cookie.startsWith(wanted)) {
        String secret = cookie.substring(wanted.length());
        Optional<WebSession> session = sessions.find(secret).filter(one -> isAccepted(one.who()));
        if (session.isPresent()) {
          return Optional.of(visitor(session.get(), secret));
        }
      }
    }
    return Optional.empty();
  }

  /** The value of that cookie, if the browser sent it once. */
  Optional<String> cookie(Context context, String name) {
    String prefix = name + "=";
    List<String> values =
        Arrays.stream(Optional.ofNullable(context.header("Cookie")).orElse("").split(";", 50))
            .map(String::strip)
            .filter(cookie -> cookie.startsWith(prefix))
            .map(cookie -> cookie.substring(prefix.length()))
            .toList();
    return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
  }

  /** The browser's session, if it has one, is used no more: another begins. */
  void endSession(Context context) {
    visitor(name -> Optional.ofNullable(context.header(name)))
        .ifPresent(old -> sessions.revoke(old.session().id(), old.person().id()));
  }

  /** Whether whoever vouched for that person is still asked to. */
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
    return isLocal(who)
        ? new Visitor(settings.person(), settings.team(), session, token, administers)
        : new Visitor(
            new Person(who.person(), who.name(), Person.Role.MEMBER),
            new Team(who.team(), who.teamName()),
            session,
            token,
            administers);
  }

  /** Gives the browser its cookie. Cookies do not tell ports apart, so the name does. */
  void remember(Context context, String secret) {
    String host = String.valueOf(context.header("Host"));
    boolean proxied =
        access.isSecure(host) || "https".equalsIgnoreCase(context.header("X-Forwarded-Proto"));
    context
        .res()
        .addHeader(
            "Set-Cookie",
            "%s=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Strict%s"
                .formatted(
                    cookieName(host),
                    secret,
                    settings.session().toSeconds(),
                    proxied ? "; Secure" : ""));
  }

  /** Under a name that only this host itself can set, where it is reached by TLS. */
  String cookieName(String host) {
    return (access.isSecure(host) ? "__Host-" : "")
        + COOKIE
        + host.replaceFirst("^.*?:(\\d+)$", "$1").replaceAll("\\W", "_");
  }

  /** Who listens to a stream: signed in, and under a name of ours. */
  Optional<Visitor> visitorOf(Function<String, Optional<String>> headers) {
    return sender(headers).isPresent()
        ? Optional.empty()
        : visitor(headers).filter(found -> isStillNamed(headers, found.session().who()));
  }

  private static void secure(Context context) {
    HEADERS.forEach(context::header);
  }
}

package dev.reckon.adapters.web;

import dev.reckon.adapters.http.HeaderCheck;
import dev.reckon.core.message.Person;
import dev.reckon.core.store.WebSessions.Identity;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
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

  /** Only scripts, styles and pictures of ours, and nothing inline. */
  static final String PAGE_POLICY =
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

  private final RequestSource source;
  private final Visitors visitors;
  private final BrowserSessions sessions;
  private final TeamAccess access;
  private final PlatformMembers members;

  RequestGuard(
      RequestSource source,
      Visitors visitors,
      BrowserSessions sessions,
      TeamAccess access,
      PlatformMembers members) {
    this.source = source;
    this.visitors = visitors;
    this.sessions = sessions;
    this.access = access;
    this.members = members;
  }

  /** What answers a visitor. */
  interface Signed {
    void handle(Context context, Visitor visitor) throws Exception;
  }

  /** For pages that anybody may see. */
  Handler open(Handler handler) {
    return context -> {
      secure(context);
      if (source.isKnownHost(Optional.ofNullable(context.header("Host")))) {
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
          Optional<Visitor> signedIn = visitors.of(context);
          if (signedIn.isEmpty() && isFromElsewhere(context)) {
            Page.leadOn(context, here(context));
            return;
          }
          Optional<Visitor> visitor = signedIn.or(() -> visitors.signedInByProxy(context));
          if (visitor.isEmpty()) {
            refuse(context, 401, "You are not signed in.");
            return;
          }
          sessions.used(visitor.get().session());
          try {
            Visitor known = visitor.get().known(known(visitor.get()));
            if (known.person().role() == Person.Role.FORMER) {
              sessions.revoke(known.session().id(), known.person().id());
              refuse(context, 401, "You are no longer a member.");
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
            LOG.error("The page {} failed", context.path(), fault);
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

  /** Why the policy lets a person in no more, who may have signed in before it was changed. */
  private Optional<String> refusal(Visitor visitor) {
    Identity who = visitor.session().who();
    return who.isLocal()
        ? Optional.empty()
        : access.shutOut().apply(TeamSignIn.asking(who, visitor.person()));
  }

  private Person known(Visitor visitor) {
    return visitor.session().who().isLocal() ? visitor.person() : members.known(visitor.person());
  }

  private static boolean isPage(Context context) {
    String accept = context.header("Accept");
    return accept != null && accept.contains("text/html");
  }

  /** Before the body of anything that changes something is received. */
  HeaderCheck scripts() {
    return headers -> {
      Optional<String> refusal = source.refusal(headers);
      if (refusal.isPresent()) {
        return refusal;
      }
      Optional<Visitor> visitor = visitors.of(headers);
      if (visitor.isEmpty()) {
        return Optional.of("You are no longer signed in.");
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
      Optional<String> refusal = source.refusal(headers);
      return refusal.isPresent() || visitors.of(headers).isPresent()
          ? refusal
          : Optional.of("You are no longer signed in.");
    };
  }

  /** Refuses a form whose token is not that of the visitor's pages. */
  static void checkForm(Context context, Visitor visitor) {
    String token = context.formParam("token");
    if (token == null || !BrowserSessions.same(token, visitor.formToken())) {
      throw new RefusedRequest(403, "The page is out of date. Reload it.");
    }
  }

  /** Who listens to a stream: signed in, and under a name of ours. */
  Optional<Visitor> visitorOf(Function<String, Optional<String>> headers) {
    return source.refusal(headers).isPresent() ? Optional.empty() : visitors.ofStream(headers);
  }

  private static void secure(Context context) {
    HEADERS.forEach(context::header);
  }
}

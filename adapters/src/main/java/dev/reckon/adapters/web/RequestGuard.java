package dev.reckon.adapters.web;

import dev.reckon.adapters.http.HeaderCheck;
import dev.reckon.core.store.WebSessions.WebSession;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
          "Referrer-Policy", "no-referrer",
          "Cross-Origin-Opener-Policy", "same-origin",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Permissions-Policy", "camera=(), microphone=(), geolocation=()",
          "Cache-Control", "no-store");

  private final WebSettings settings;
  private final BrowserSessions sessions;

  RequestGuard(WebSettings settings, BrowserSessions sessions) {
    this.settings = settings;
    this.sessions = sessions;
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
          Optional<Visitor> visitor = visitor(name -> Optional.ofNullable(context.header(name)));
          if (visitor.isEmpty()) {
            SignInPage.show(context, 401, "You are not signed in.");
            return;
          }
          sessions.used(visitor.get().session());
          try {
            handler.handle(context, visitor.get());
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
    return OWN_NAMES.contains(name) || settings.hosts().contains(name);
  }

  private Optional<Visitor> visitor(Function<String, Optional<String>> headers) {
    String cookies = headers.apply("Cookie").orElse("");
    String wanted = cookieName(headers.apply("Host").orElse("")) + "=";
    for (String each : cookies.split(";", 50)) {
      String cookie = each.strip();
      if (cookie.startsWith(wanted)) {
        String secret = cookie.substring(wanted.length());
        Optional<WebSession> session =
            sessions.find(secret).filter(one -> one.person().equals(settings.person().id()));
        if (session.isPresent()) {
          String token = BrowserSessions.formToken(secret);
          return Optional.of(new Visitor(settings.person(), session.get(), token));
        }
      }
    }
    return Optional.empty();
  }

  /** Gives the browser its cookie. Cookies do not tell ports apart, so the name does. */
  void remember(Context context, String secret) {
    String host = String.valueOf(context.header("Host"));
    boolean proxied = "https".equalsIgnoreCase(context.header("X-Forwarded-Proto"));
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

  private static String cookieName(String host) {
    return COOKIE + host.replaceFirst("^.*?:(\\d+)$", "$1").replaceAll("\\W", "_");
  }

  /** Who listens to a stream: signed in, and under a name of ours. */
  Optional<Visitor> visitorOf(Function<String, Optional<String>> headers) {
    return sender(headers).isPresent() ? Optional.empty() : visitor(headers);
  }

  private static void secure(Context context) {
    HEADERS.forEach(context::header);
  }
}

package dev.reckon.adapters.web;

import io.javalin.http.Context;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The cookie by which a browser is known. Safe for use by any number of threads. */
final class SessionCookie {
  private static final String COOKIE = "reckon_";

  private final WebSettings settings;
  private final TeamAccess access;

  SessionCookie(WebSettings settings, TeamAccess access) {
    this.settings = settings;
    this.access = access;
  }

  /** The secrets that the browser sends under the name of this cookie. */
  Stream<String> secrets(Function<String, Optional<String>> headers) {
    return values(headers.apply("Cookie"), name(headers.apply("Host").orElse("")));
  }

  /** The value of a cookie, if the browser sent it once. */
  static Optional<String> value(Context context, String name) {
    List<String> values = values(Optional.ofNullable(context.header("Cookie")), name).toList();
    return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
  }

  private static Stream<String> values(Optional<String> cookies, String name) {
    String prefix = name + "=";
    return Arrays.stream(cookies.orElse("").split(";", 50))
        .map(String::strip)
        .filter(cookie -> cookie.startsWith(prefix))
        .map(cookie -> cookie.substring(prefix.length()));
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
                    name(host), secret, settings.session().toSeconds(), proxied ? "; Secure" : ""));
  }

  /** Under a name that only this host itself can set, where it is reached by TLS. */
  String name(String host) {
    return (access.isSecure(host) ? "__Host-" : "")
        + COOKIE
        + host.replaceFirst("^.*?:(\\d+)$", "$1").replaceAll("\\W", "_");
  }
}

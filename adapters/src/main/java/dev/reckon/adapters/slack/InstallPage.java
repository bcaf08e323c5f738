package dev.reckon.adapters.slack;

import io.javalin.http.Context;
import java.net.URI;
import java.util.Optional;

/** One page of an installation: a heading, a paragraph and a link. It loads nothing. */
final class InstallPage {
  private static final String STYLE =
      """
      body{font:1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:12vh auto;padding:0 1.25rem;\
      color:#1d2b30;background:#fff}h1{font-size:1.5rem;overflow-wrap:anywhere}\
      a{display:inline-block;padding:.7rem 1.1rem;border-radius:.4rem;background:#1f4e5f;\
      color:#fff;text-decoration:none;font-weight:600}\
      a:focus-visible{outline:3px solid #e8a33d;outline-offset:2px}\
      @media(prefers-color-scheme:dark){body{color:#e8eef0;background:#14201f}\
      a{background:#8cc5d6;color:#10242b}}\
      """;

  private InstallPage() {}

  /** Where the page leads. */
  record Link(String text, URI to) {}

  static void show(Context context, int status, String title, String text, Optional<Link> link) {
    String action =
        link.map(
                it ->
                    "<p><a href=\"%s\">%s</a></p>".formatted(escaped(it.to()), escaped(it.text())))
            .orElse("");
    context
        .status(status)
        .contentType("text/html; charset=utf-8")
        .header(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none';"
                + " frame-ancestors 'none'")
        .header("Cache-Control", "no-store")
        .header("Referrer-Policy", "no-referrer")
        .header("X-Content-Type-Options", "nosniff")
        .result(
            ("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta"
                    + " name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>%s"
                    + "</title><style>%s</style></head><body><main><h1>%s</h1><p>%s</p>%s</main>"
                    + "</body></html>")
                .formatted(escaped(title), STYLE, escaped(title), escaped(text), action));
  }

  private static String escaped(Object text) {
    return text.toString()
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}

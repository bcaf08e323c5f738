package dev.reckon.adapters.web;

import io.javalin.http.Context;

/** Says how to sign in. */
final class SignInPage {
  private SignInPage() {}

  static void show(Context context, int status, String reason) {
    Page.bare(
        context,
        status,
        "Sign in",
        Html.el("section", "card")
            .add(
                Html.el("h1").text("Reckon"),
                Html.el("p").text(reason),
                Html.el("p")
                    .text(
                        "Use the link that Reckon printed where it was started. Each link signs one"
                            + " browser in, once; press Enter there to get another.")));
  }
}

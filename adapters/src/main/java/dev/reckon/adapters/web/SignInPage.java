package dev.reckon.adapters.web;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;

/** Says how to sign in. */
final class SignInPage {
  private SignInPage() {}

  /**
   * Answers with the page.
   *
   * @param to where to go on once somebody is signed in
   */
  static void show(
      Context context, int status, String reason, List<OpenIdProvider> providers, LocalPath to) {
    List<Html> ways = new ArrayList<>();
    for (OpenIdProvider provider : providers) {
      ways.add(
          Html.el("p")
              .add(
                  Html.el("a", "send")
                      .attr(
                          "href",
                          "/sign-in/" + provider.name() + "?to=" + Addresses.segment(to.value()))
                      .text(provider.title())));
    }
    if (providers.isEmpty()) {
      ways.add(
          Html.el("p")
              .text(
                  "Use the link that Reckon printed where it was started. Each link signs one"
                      + " browser in, once; press Enter there to get another."));
    }
    Page.bare(
        context,
        status,
        "Sign in",
        Html.el("section", "card")
            .add(Html.el("h1").text("Reckon"), Html.el("p").text(reason))
            .add(ways));
  }
}

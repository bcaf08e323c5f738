package dev.reckon.adapters.web;

import io.javalin.http.Context;
import java.util.List;

/** Says why there is no such page. */
final class ErrorPage {
  private ErrorPage() {}

  static void show(Context context, Visitor visitor, int status, String words) {
    Page.show(
        context,
        visitor,
        "Not here",
        "",
        List.of(),
        Html.el("section", "card")
            .add(
                Html.el("h1").text(words),
                Html.el("p").add(Html.el("a").attr("href", "/").text("Start a conversation"))));
    context.status(status);
  }
}

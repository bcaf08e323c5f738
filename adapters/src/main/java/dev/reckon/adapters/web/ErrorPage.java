package dev.reckon.adapters.web;

import io.javalin.http.Context;
import java.util.List;

/** Says why a request was not answered as wanted. */
final class ErrorPage {
  private ErrorPage() {}

  static void show(Context context, Visitor visitor, int status, String words) {
    Page.show(
        context,
        visitor,
        title(status),
        "",
        List.of(),
        Html.el("section", "card")
            .add(
                Html.el("h1").text(words),
                Html.el("p").add(Html.el("a").attr("href", "/").text("Start a conversation"))));
    context.status(status);
  }

  private static String title(int status) {
    return switch (status) {
      case 404 -> "Not found";
      case 500 -> "Error";
      default -> "Not done";
    };
  }
}

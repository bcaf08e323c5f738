package dev.reckon.adapters.web;

import dev.reckon.core.store.WebMessages.WebConversation;
import io.javalin.http.Context;
import java.util.List;

/** The frame of every page: head, navigation, content. */
final class Page {
  private Page() {}

  /**
   * Answers with a page for somebody who is signed in.
   *
   * @param current the address of the entry of the navigation that is shown as the present one
   */
  static void show(
      Context context,
      Visitor visitor,
      String title,
      String current,
      List<WebConversation> conversations,
      Html content) {
    Element body =
        Html.el("body", "signed-in")
            .attr("data-token", visitor.formToken())
            .add(
                Html.el("a", "skip").attr("href", "#content").text("Skip to content"),
                navigation(current, conversations, visitor),
                Html.el("main").attr("id", "content").add(content));
    answer(context, 200, title, body);
  }

  /** Answers with a page for anybody. */
  static void bare(Context context, int status, String title, Html content) {
    answer(
        context,
        status,
        title,
        Html.el("body", "bare").add(Html.el("main").attr("id", "content").add(content)));
  }

  /**
   * Answers with a page that leads on to another of ours at once: to a browser, that is where the
   * next request comes from.
   */
  static void leadOn(Context context, LocalPath to) {
    String page =
        "<!doctype html>\n"
            + Html.el("html")
                .attr("lang", "en")
                .add(
                    Html.el("head")
                        .add(
                            Html.el("meta").attr("charset", "utf-8"),
                            Html.el("title").text("Reckon"),
                            Html.el("meta")
                                .attr("http-equiv", "refresh")
                                .attr("content", "0; url=" + to.value())),
                    Html.el("body")
                        .add(
                            Html.el("p")
                                .add(Html.el("a").attr("href", to.value()).text("Continue"))))
                .markup()
            + "\n";
    context.status(200).contentType("text/html; charset=utf-8").result(page);
  }

  private static void answer(Context context, int status, String title, Element body) {
    Element head =
        Html.el("head")
            .add(
                Html.el("meta").attr("charset", "utf-8"),
                Html.el("title").text(title + " · Reckon"),
                Html.el("meta")
                    .attr("name", "viewport")
                    .attr("content", "width=device-width, initial-scale=1"),
                Html.el("meta").attr("name", "color-scheme").attr("content", "light dark"),
                Html.el("link").attr("rel", "icon").attr("href", "/assets/icon.svg"),
                Html.el("link").attr("rel", "stylesheet").attr("href", "/assets/app.css"),
                Html.el("script").attr("type", "module").attr("src", "/assets/app.js"));
    String page =
        "<!doctype html>\n" + Html.el("html").attr("lang", "en").add(head, body).markup() + "\n";
    context.status(status).contentType("text/html; charset=utf-8").result(page);
  }

  private static Html navigation(
      String current, List<WebConversation> conversations, Visitor visitor) {
    List<Html> links =
        conversations.stream()
            .<Html>map(
                one ->
                    Html.el("li")
                        .add(link(Addresses.of(one.id()), one.title(), current).attr("class", "t")))
            .toList();
    return Html.el("nav")
        .attr("id", "menu")
        .attr("aria-label", "Conversations")
        .add(
            Html.el("div", "brand")
                .add(
                    Html.el("a", "logo").attr("href", "/").text("Reckon"),
                    Html.el("a", "open-menu").attr("href", "#menu").text("Menu"),
                    Html.el("a", "close-menu").attr("href", "#content").text("Close")),
            Html.el("div", "drawer")
                .add(
                    link("/", "New conversation", current).attr("class", "new"),
                    Html.el("form", "search")
                        .attr("method", "get")
                        .attr("action", "/search")
                        .attr("role", "search")
                        .add(
                            Html.el("input")
                                .attr("type", "search")
                                .attr("name", "q")
                                .attr("maxlength", 200)
                                .attr("aria-label", "Search your conversations")
                                .attr("placeholder", "Search")),
                    Html.el("ul", "conversations").add(links),
                    Html.el("ul", "places")
                        .add(
                            Html.el("li").add(link("/saved", "Saved computations", current)),
                            Html.el("li").add(link("/shared", "Links that you share", current)),
                            visitor.administrator()
                                ? Html.el("li").add(link("/operations", "Operations", current))
                                : Html.none(),
                            Html.el("li").add(link("/sessions", "Signed-in browsers", current))),
                    Html.el("form", "sign-out")
                        .attr("method", "post")
                        .attr("action", "/web/sign-out")
                        .add(
                            token(visitor),
                            Html.el("button").attr("type", "submit").text("Sign out"))));
  }

  private static Element link(String address, String text, String current) {
    Element link = Html.el("a").attr("href", address).text(text);
    return address.equals(current) ? link.attr("aria-current", "page") : link;
  }

  /** The field without which no form of ours is taken. */
  static Element token(Visitor visitor) {
    return Html.el("input")
        .attr("type", "hidden")
        .attr("name", "token")
        .attr("value", visitor.formToken());
  }
}

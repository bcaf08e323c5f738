package dev.reckon.adapters.web;

import dev.reckon.core.store.WebSessions.WebSession;
import dev.reckon.core.surface.render.Sanitizer;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Signing in and out, and the browsers that are signed in. */
final class SessionPages {
  private final BrowserSessions sessions;
  private final SessionCookie cookie;
  private final OpenPages pages;
  private final ChatPages chats;
  private final TeamAccess access;

  SessionPages(
      BrowserSessions sessions,
      SessionCookie cookie,
      OpenPages pages,
      ChatPages chats,
      TeamAccess access) {
    this.access = access;
    this.sessions = sessions;
    this.cookie = cookie;
    this.pages = pages;
    this.chats = chats;
  }

  /** Signs a browser in with a token that works once. */
  void signIn(Context context) {
    String token = Optional.ofNullable(context.queryParam("token")).orElse("");
    String agent = Optional.ofNullable(context.header("User-Agent")).orElse("a browser");
    Optional<BrowserSessions.SignedIn> signedIn = sessions.signIn(token, agent);
    if (signedIn.isEmpty()) {
      SignInPage.show(
          context,
          401,
          "This link has been used, or belongs to another Reckon.",
          List.of(),
          LocalPath.START);
      return;
    }
    cookie.remember(context, signedIn.get().secret());
    context.header("Location", "/").status(303);
  }

  /** Signs this browser out. */
  void signOut(Context context, Visitor visitor) {
    RequestGuard.checkForm(context, visitor);
    sessions.revoke(visitor.session().id(), visitor.person().id());
    pages.checkAll();
    context.header("Clear-Site-Data", "\"storage\"");
    SignInPage.show(context, 200, "You are signed out.", access.providers(), LocalPath.START);
  }

  /** Signs another browser out. */
  void revoke(Context context, Visitor visitor) {
    RequestGuard.checkForm(context, visitor);
    String id = Optional.ofNullable(context.formParam("session")).orElse("");
    sessions.revoke(id, visitor.person().id());
    pages.checkAll();
    context.header("Location", "/sessions").status(303);
  }

  /** The person's browsers. */
  void list(Context context, Visitor visitor) {
    List<Html> items = new ArrayList<>();
    for (WebSession one : sessions.of(visitor.person().id())) {
      boolean mine = one.id().equals(visitor.session().id());
      items.add(
          Html.el("li")
              .add(
                  Html.el("strong")
                      .attr("title", Sanitizer.oneLine(one.agent()))
                      .text(BrowserName.of(one.agent())),
                  Html.el("span", "note")
                      .text(
                          "since %s, last used %s, ends %s"
                              .formatted(
                                  PageTime.of(one.createdAt()),
                                  PageTime.of(one.seenAt()),
                                  PageTime.of(one.expiresAt()))),
                  mine
                      ? Html.el("span", "note").text("This browser")
                      : PostForm.of(visitor, "/web/revoke", "session", one.id(), "Sign it out")));
    }
    Html content =
        Html.el("section", "plain")
            .add(Html.el("h1").text("Signed-in browsers"), Html.el("ul", "sessions").add(items));
    Page.show(context, visitor, "Signed-in browsers", "/sessions", chats.listed(visitor), content);
  }
}

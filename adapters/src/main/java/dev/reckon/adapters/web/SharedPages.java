package dev.reckon.adapters.web;

import dev.reckon.core.store.TurnRecord;
import dev.reckon.core.store.WebShares.WebShare;
import dev.reckon.core.surface.render.Sanitizer;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What shared links show to whoever has them, and the list of a person's own links. */
final class SharedPages {
  private static final String GONE =
      "This link was revoked, has expired, or is not valid. Ask the person who sent it.";

  private final ShareLinks links;
  private final TurnReader turns;
  private final ChatPages chats;

  SharedPages(ShareLinks links, TurnReader turns, ChatPages chats) {
    this.links = links;
    this.turns = turns;
    this.chats = chats;
  }

  private Optional<Computation> find(Context context) {
    context.header("X-Robots-Tag", "noindex");
    // The address is the secret, and no form here needs to say where it comes from.
    context.header("Referrer-Policy", "no-referrer");
    String token = context.pathParam("token");
    Optional<Computation> found =
        links
            .find(token)
            .flatMap(share -> turns.shared(share.turn()))
            .filter(turn -> turn.result() != null)
            .map(turn -> Computation.of(turn, "/s/" + token));
    if (found.isEmpty()) {
      Page.bare(
          context,
          404,
          "Not found",
          Html.el("section", "card").add(Html.el("h1").text("Reckon"), Html.el("p").text(GONE)));
    }
    return found;
  }

  /** The computation, for reading only. */
  void show(Context context) {
    find(context)
        .ifPresent(
            it ->
                Page.bare(
                    context, 200, "Computation " + it.turn().id(), ComputationView.article(it)));
  }

  /** A part of it that has an address of its own. */
  void part(Context context, Computation.Part part) {
    find(context)
        .ifPresent(
            it -> {
              try {
                part.answer(context, it, Optional.empty());
              } catch (RefusedRequest refused) {
                context.status(refused.status()).contentType("text/plain; charset=utf-8");
                context.result(refused.words());
              }
            });
  }

  /** Makes a link and shows it, once. */
  void share(Context context, Visitor visitor) {
    RequestGuard.checkForm(context, visitor);
    TurnRecord turn =
        turns
            .find(number(context, "turn"), visitor.person())
            .orElseThrow(() -> RefusedRequest.notFound("There is no such computation for you."));
    String path = links.create(turn, visitor);
    String address = links.address(path, String.valueOf(context.header("Host")));
    Html content =
        Html.el("section", "plain")
            .add(
                Html.el("h1").text("A link to computation " + turn.id()),
                Html.el("p")
                    .text(
                        "Whoever has this link sees the request, the answer, its files and its"
                            + " code, without signing in. It is shown only now."),
                Html.el("pre", "output").attr("tabindex", 0).text(address),
                Html.el("p")
                    .add(
                        Html.el("a").attr("href", "/shared").text("Links that you share"),
                        Html.el("span").text(" lists it and can revoke it.")));
    Page.show(context, visitor, "Share", "/shared", chats.listed(visitor), content);
  }

  /** Ends a link. */
  void revoke(Context context, Visitor visitor) {
    RequestGuard.checkForm(context, visitor);
    links.revoke(number(context, "share"), visitor);
    context.header("Location", "/shared").status(303);
  }

  private static long number(Context context, String field) {
    return Addresses.number(Optional.ofNullable(context.formParam(field)).orElse(""));
  }

  /** The person's links. */
  void list(Context context, Visitor visitor) {
    List<Html> items = new ArrayList<>();
    for (WebShare share : links.of(visitor)) {
      String request =
          turns
              .find(share.turn(), visitor.person())
              .map(TurnRecord::request)
              .map(Sanitizer::oneLine)
              .orElse("");
      items.add(
          Html.el("li")
              .add(
                  Html.el("a")
                      .attr("href", "/c/" + share.turn())
                      .text("Computation " + share.turn()),
                  Html.el("span").text(request),
                  Html.el("span", "note")
                      .text(
                          "since %s, ends %s"
                              .formatted(
                                  PageTime.of(share.createdAt()), PageTime.of(share.expiresAt()))),
                  PostForm.of(
                      visitor, "/web/unshare", "share", Long.toString(share.id()), "Revoke")));
    }
    Html content =
        Html.el("section", "plain")
            .add(
                Html.el("h1").text("Links that you share"),
                items.isEmpty()
                    ? Html.el("p")
                        .text(
                            "You share nothing. On the page of a computation that you asked for,"
                                + " you can make a link for people who may not see it.")
                    : Html.el("ul", "sessions").add(items));
    Page.show(context, visitor, "Links that you share", "/shared", chats.listed(visitor), content);
  }
}

package dev.reckon.adapters.web;

import dev.reckon.core.command.ValueForms;
import dev.reckon.core.store.Computations;
import dev.reckon.core.store.SavedComputation;
import dev.reckon.core.surface.render.Sanitizer;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Saved computations as a list, and each as a form with typed values. */
final class SavedPages {
  private final Computations computations;
  private final ChatPages chats;

  SavedPages(Computations computations, ChatPages chats) {
    this.computations = computations;
    this.chats = chats;
  }

  /** All of the team. */
  void list(Context context, Visitor visitor) {
    List<Html> items = new ArrayList<>();
    for (SavedComputation one : computations.list(visitor.team().id())) {
      items.add(
          Html.el("li")
              .add(
                  Html.el("a")
                      .attr("href", "/saved/" + Addresses.segment(one.name()))
                      .add(
                          Html.el("strong").text(one.name()),
                          Html.el("span").text(Sanitizer.oneLine(one.request())),
                          Html.el("span", "note")
                              .text(
                                  "version %d, %s%s"
                                      .formatted(
                                          one.version(),
                                          one.status(),
                                          one.flag() == null ? "" : ", " + one.flag())))));
    }
    Html content =
        Html.el("section", "plain")
            .add(
                Html.el("h1").text("Saved computations"),
                items.isEmpty()
                    ? Html.el("p")
                        .text(
                            "Nothing is saved yet. “Save as…” under an answer keeps its program"
                                + " here, with its values as a form.")
                    : Html.el("ul", "saved").add(items));
    Page.show(context, visitor, "Saved computations", "/saved", chats.listed(visitor), content);
  }

  /** One, as a form. */
  void form(Context context, Visitor visitor) {
    SavedComputation saved =
        computations
            .find(visitor.team().id(), context.pathParam("name"))
            .orElseThrow(() -> RefusedRequest.notFound("Nothing is saved under that name."));
    Element form =
        Html.el("form", "values")
            .attr("data-saved", saved.name())
            .attr("data-conversation", UUID.randomUUID().toString().replace("-", ""));
    form.add(FormFields.of(ValueForms.of(saved)));
    form.add(
        saved.columns().isEmpty() && saved.files().isEmpty()
            ? Html.none()
            : Html.el("div", "field")
                .add(
                    Html.el("label").attr("for", "table").text("Table"),
                    Html.el("input")
                        .attr("id", "table")
                        .attr("type", "file")
                        .attr("name", "table")
                        .flag("multiple", true)
                        .flag("required", true),
                    Html.el("p", "note").text(needs(saved))),
        Html.el("p", "warning").attr("role", "status").attr("aria-live", "polite"),
        Html.el("button", "send").attr("type", "submit").text("Run"));
    Html content =
        Html.el("section", "plain")
            .add(
                Html.el("h1").text(saved.name()),
                Html.el("p", "said").text(Sanitizer.visible(saved.request())),
                Html.el("p", "note")
                    .text(
                        "Version %d, saved by %s on %s, %s"
                            .formatted(
                                saved.version(),
                                Sanitizer.oneLine(saved.savedByName()),
                                PageTime.of(saved.savedAt()),
                                saved.status())),
                saved.flag() == null
                    ? Html.none()
                    : Html.el("p", "banner").text("In doubt: " + saved.flag()),
                form,
                Html.el("details", "code-of")
                    .add(
                        Html.el("summary").text("Code"),
                        CodeView.box(Sanitizer.visible(saved.code()).strip())));
    Page.show(context, visitor, saved.name(), "/saved", chats.listed(visitor), content);
  }

  private static String needs(SavedComputation saved) {
    String files = saved.files().isEmpty() ? "" : "as " + String.join(", ", saved.files());
    String columns =
        saved.columns().isEmpty() ? "" : "with the columns " + String.join(", ", saved.columns());
    return ("The program reads it " + files + " " + columns).strip().replaceAll(" +", " ") + ".";
  }
}

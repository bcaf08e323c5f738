package dev.reckon.adapters.web;

import dev.reckon.adapters.web.Computation.Part;
import dev.reckon.core.command.ProgramInputs;
import dev.reckon.core.message.Person;
import dev.reckon.core.store.TurnRecord;
import dev.reckon.core.surface.ReplySurface.FileContents;
import dev.reckon.core.surface.render.Sanitizer;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A page for each computation, its parts that have addresses of their own, and two computations
 * compared. Only for those who could read the answer where it was posted.
 */
final class ComputationPages {
  /** Of the values in which two runs differ, so many are named. */
  private static final int MOST_VALUES = 20;

  private final TurnReader turns;
  private final ChatPages chats;
  private final ShareLinks links;
  private final RunAgainForm again;
  private final TablePages tables;
  private final ComputationDownloads downloads;

  ComputationPages(
      TurnReader turns,
      ChatPages chats,
      FileContents contents,
      ShareLinks links,
      RunAgainForm again) {
    this.turns = turns;
    this.chats = chats;
    this.links = links;
    this.again = again;
    this.tables = new TablePages(chats);
    this.downloads = new ComputationDownloads(contents);
  }

  /** Every part of a page by its path. */
  Map<String, Part> parts() {
    return Map.of(
        "/code.py", Part.of(ComputationDownloads::python),
        "/output.txt", Part.of(ComputationDownloads::output),
        "/answer.md", Part.of(ComputationDownloads::markdown),
        "/file/{position}/{name}", Part.of(downloads::file),
        "/table/{number}", tables::table,
        "/table/{number}/rows.json", Part.of(TablePages::rows),
        "/table/{number}/table.csv", Part.of(TablePages::csv));
  }

  /** The computation of the address, if that person may see it. */
  Computation find(Context context, Person person) {
    return Computation.of(
        turns
            .find(Addresses.number(context.pathParam("id")), person)
            .orElseThrow(() -> RefusedRequest.notFound("There is no such computation for you.")));
  }

  /** The page. */
  void show(Context context, Visitor visitor) {
    Computation it = find(context, visitor.person());
    Html page =
        ComputationView.article(it)
            .add(again.of(it, visitor), runs(it, visitor), links.form(it.turn(), visitor));
    Page.show(context, visitor, "Computation " + it.turn().id(), "", chats.listed(visitor), page);
  }

  private Html runs(Computation it, Visitor visitor) {
    List<Html> items = new ArrayList<>();
    for (TurnRecord other : turns.runs(it.turn(), visitor.person())) {
      String values = values(Computation.of(other), it);
      items.add(
          Html.el("li")
              .add(
                  Html.el("a")
                      .attr("href", "/c/%d/compare/%d".formatted(it.turn().id(), other.id()))
                      .text(
                          "Compare with %d, %s"
                              .formatted(other.id(), PageTime.of(other.startedAt()))),
                  values.isEmpty() ? Html.none() : Html.el("span", "note").text(" " + values)));
    }
    return items.isEmpty()
        ? Html.none()
        : Html.section("Other runs", Html.el("ul", "runs").add(items));
  }

  /** The values that differ from those of another run, as people write them; empty without one. */
  private static String values(Computation it, Computation from) {
    Map<String, String> all = ProgramInputs.differences(from.result().code(), it.result().code());
    String shown =
        all.entrySet().stream()
            .limit(MOST_VALUES)
            .map(value -> value.getKey() + " = " + Sanitizer.oneLine(value.getValue()))
            .collect(Collectors.joining(", "));
    return all.size() > MOST_VALUES
        ? "%s, and %d more".formatted(shown, all.size() - MOST_VALUES)
        : shown;
  }

  /** Two runs of the same computation beside each other. */
  void compare(Context context, Visitor visitor) {
    Computation one = find(context, visitor.person());
    Computation other =
        turns.runs(one.turn(), visitor.person()).stream()
            .filter(run -> run.id() == Addresses.number(context.pathParam("other")))
            .findFirst()
            .map(Computation::of)
            .orElseThrow(() -> RefusedRequest.notFound("There is no such run to compare with."));
    boolean isLater = one.turn().id() > other.turn().id();
    Computation older = isLater ? other : one;
    Computation newer = isLater ? one : other;
    Html content =
        Html.el("section", "plain computation")
            .add(
                Html.el("p", "over")
                    .text("Computations %d and %d".formatted(older.turn().id(), newer.turn().id())),
                Html.el("h1").text(Sanitizer.visible(one.turn().request()).strip()),
                Html.el("div", "pair").add(side(older, newer), side(newer, older)),
                Html.section(
                    "Output", LineDiff.view(older.result().output(), newer.result().output())),
                Html.section("Code", LineDiff.view(older.result().code(), newer.result().code())));
    Page.show(context, visitor, "Compare", "", chats.listed(visitor), content);
  }

  private static Html side(Computation it, Computation other) {
    Element facts = ComputationView.facts(it);
    String values = values(it, other);
    if (!values.isEmpty()) {
      ComputationView.fact(facts, "Values", values);
    }
    return Html.el("section")
        .add(
            Html.el("h2")
                .add(Html.el("a").attr("href", it.base()).text("Computation " + it.turn().id())),
            facts);
  }
}

package dev.reckon.adapters.web;

import dev.reckon.core.label.Amounts;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.Reply;
import dev.reckon.core.surface.render.QueryLine;
import dev.reckon.core.surface.render.Sanitizer;
import dev.reckon.core.turn.TurnResult;
import java.util.ArrayList;
import java.util.List;

/** Draws a computation: the request, the answer, and how it was computed, checked and paid for. */
final class ComputationView {
  private ComputationView() {}

  /** What everybody sees of a computation who may see it. */
  static Element article(Computation it) {
    Element page = Html.el("section", "plain computation").attr("data-turn", it.turn().id());
    page.add(
        Html.el("p", "over").text("Computation %d".formatted(it.turn().id())),
        Html.el("h1").text(Sanitizer.visible(it.turn().request()).strip()),
        facts(it),
        answer(it),
        downloads(it),
        Html.section("Code", LongText.code(it.result().code(), it.base() + "/code.py")));
    TurnResult.Verification checked = it.result().verification();
    page.add(
        checked == null
            ? Html.none()
            : Html.section("How it was checked", AttemptView.requirements(checked)),
        it.result().attempts().size() > 1
            ? Html.section("Attempts", AttemptView.list(it.result()))
            : Html.none());
    return page;
  }

  /** Who asked and when, how long it took and what it cost. */
  static Element facts(Computation it) {
    Element facts = Html.el("dl", "facts");
    fact(facts, "Asked by", Sanitizer.oneLine(it.turn().personName()));
    fact(facts, "When", PageTime.of(it.turn().startedAt()));
    fact(facts, "Took", Amounts.duration(it.result().elapsed()));
    fact(facts, "Attempts", Integer.toString(it.result().attempts().size()));
    Double cost = it.result().usage().costUsd();
    if (it.result().usage().calls() == 0) {
      fact(facts, "Cost", "no model was asked");
    } else if (cost != null) {
      fact(facts, "Cost", "$%.4f".formatted(cost));
    }
    switch (it.turn().kind()) {
      case EDIT -> fact(facts, "Program", "changed by hand");
      case RUN -> fact(facts, "Program", "written by hand");
      case SAVED, ALERT -> fact(facts, "Program", "a saved computation");
      case AGAIN -> fact(facts, "Program", "run again");
      case REQUEST, WRONG -> {}
    }
    if (!it.result().engine().isEmpty()) {
      fact(facts, "Ran in", it.result().engine());
    }
    return facts;
  }

  static void fact(Element facts, String name, String value) {
    facts.add(Html.el("div").add(Html.el("dt").text(name), Html.el("dd").text(value)));
  }

  private static Html answer(Computation it) {
    List<Html> parts = new ArrayList<>();
    Reply reply = it.reply();
    int table = 0;
    for (Block block : reply.blocks()) {
      switch (block) {
        case Block.Finding part ->
            parts.add(Html.el("p", "answer").text(Sanitizer.oneLine(part.text())));
        case Block.Output part ->
            parts.add(LongText.output(part.text(), it.base() + "/output.txt"));
        case Block.Table part -> {
          if (!part.header().isEmpty()) {
            String address = ResultTables.address(it.base(), table);
            table++;
            parts.add(new TableView(part, "Result " + table).beginning(address));
          }
        }
        case Block.Text part ->
            parts.add(Html.el("p", "said").text(Sanitizer.visible(part.text())));
        case Block.Chart part -> parts.add(chart(it, part));
        case Block.File part -> parts.add(file(it, part));
        case Block.Query part ->
            parts.add(Html.el("p", "said").text(QueryLine.of(part, reply.language())));
        case Block.TableChart _, Block.Code _, Block.Footer _, Block.Page _ -> {}
      }
    }
    parts.add(
        Html.el("p", "status")
            .add(Icons.of(reply.kind()))
            .text(Sanitizer.oneLine(reply.headline())));
    return Html.el("section", "result " + MessageView.kind(reply.kind()))
        .add(Html.el("h2").text("Answer"))
        .add(parts);
  }

  private static Html chart(Computation it, Block.Chart chart) {
    String address = address(it, chart.file());
    String caption = Sanitizer.oneLine(chart.description());
    return Html.el("figure")
        .add(
            Html.el("img")
                .attr("src", address)
                .attr("alt", caption)
                .attr("width", chart.width())
                .attr("height", chart.height()),
            Html.el("figcaption").text(caption));
  }

  private static Html file(Computation it, Block.File file) {
    String name = Sanitizer.fileName(file.name(), 100);
    return Html.el("p")
        .add(
            Html.el("a", "chip")
                .attr("href", address(it, file) + "?save")
                .attr("download", name)
                .text("%s (%s)".formatted(name, Amounts.size(file.bytes()))));
  }

  private static String address(Computation it, Block.File file) {
    int position = 0;
    while (!it.result().files().get(position).id().equals(file.id())) {
      position++;
    }
    return "%s/file/%d/%s"
        .formatted(it.base(), position, Addresses.segment(Sanitizer.fileName(file.name(), 100)));
  }

  private static Html downloads(Computation it) {
    Element links = Html.el("p", "files").add(Html.el("span", "note").text("Download as"));
    links.add(download(it.base() + "/code.py", "Python"));
    int tables = ResultTables.in(it.reply().blocks()).size();
    for (int i = 0; i < tables; i++) {
      String label = tables == 1 ? "CSV" : "CSV of table " + (i + 1);
      links.add(download(ResultTables.address(it.base(), i) + "/table.csv", label));
    }
    return links.add(download(it.base() + "/answer.md", "Markdown"));
  }

  /** A link that saves what it leads to. */
  static Html download(String address, String label) {
    return Html.el("a", "chip").attr("href", address).flag("download", true).text(label);
  }
}

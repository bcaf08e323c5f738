package dev.reckon.adapters.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.reckon.core.message.Block;
import dev.reckon.core.surface.render.Sanitizer;
import dev.reckon.core.surface.render.TextTable;
import io.javalin.http.Context;
import java.util.Objects;
import java.util.Optional;

/** The tables of a computation, each as a page, as rows for scripts, and as a CSV file. */
final class TablePages {
  private static final int ROWS = 100;
  private static final JsonMapper JSON = new JsonMapper();

  private final ChatPages chats;

  TablePages(ChatPages chats) {
    this.chats = chats;
  }

  /** One table by itself, some rows at a time where there are no scripts. */
  void table(Context context, Computation it, Optional<Visitor> visitor) {
    int number = number(context, it);
    Block.Table table = ResultTables.in(it.reply().blocks()).get(number - 1);
    String address = ResultTables.address(it.base(), number - 1);
    int pages = Math.max(1, Math.ceilDiv(table.rows().size(), ROWS));
    int page =
        Math.clamp(
            Addresses.number(Objects.requireNonNullElse(context.queryParam("page"), "1")),
            1,
            pages);
    Element links = Html.el("nav", "pager").attr("aria-label", "Pages of the table");
    if (page > 1) {
      links.add(Html.el("a").attr("href", address + "?page=" + (page - 1)).text("Previous"));
    }
    links.add(Html.el("span").text("Page %d of %d".formatted(page, pages)));
    if (page < pages) {
      links.add(Html.el("a").attr("href", address + "?page=" + (page + 1)).text("Next"));
    }
    String title = "Result %d of computation %d".formatted(number, it.turn().id());
    Html content =
        Html.el("section", "plain wide")
            .add(
                Html.el("p", "over")
                    .add(
                        Html.el("a")
                            .attr("href", it.base())
                            .text("Computation %d".formatted(it.turn().id()))),
                Html.el("h1").text(title),
                Html.el("p", "said").text(Sanitizer.visible(it.turn().request()).strip()),
                new TableView(table, title).page(address, (page - 1) * ROWS, ROWS),
                pages > 1 ? links : Html.none(),
                Html.el("p", "files").add(ComputationView.download(address + "/table.csv", "CSV")));
    if (visitor.isPresent()) {
      Page.show(context, visitor.get(), title, "", chats.listed(visitor.get()), content);
    } else {
      Page.bare(context, 200, title, content);
    }
  }

  /** The rows of a table, for scripts. */
  static void rows(Context context, Computation it) {
    Block.Table table = ResultTables.in(it.reply().blocks()).get(number(context, it) - 1);
    try {
      context
          .contentType("application/json")
          .result(JSON.writeValueAsString(TableView.texts(table)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("rows of text are always JSON", e);
    }
  }

  /** A table as a file. */
  static void csv(Context context, Computation it) {
    int number = number(context, it);
    Block.Table table = ResultTables.in(it.reply().blocks()).get(number - 1);
    FileResponse.text(
        context,
        "computation-%d-table-%d.csv".formatted(it.turn().id(), number),
        TextTable.csv(table));
  }

  /** Which table is asked for, counted from 1. */
  private static int number(Context context, Computation it) {
    long number = Addresses.number(context.pathParam("number"));
    if (number < 1 || number > ResultTables.in(it.reply().blocks()).size()) {
      throw RefusedRequest.notFound("This answer has no such table.");
    }
    return (int) number;
  }
}

package dev.reckon.adapters.web;

import dev.reckon.core.message.Block;
import dev.reckon.core.surface.render.TextTable;
import java.util.ArrayList;
import java.util.List;

/** A table that sorts, filters and pages in the browser, and is a plain table without scripts. */
final class TableView {
  private TableView() {}

  /**
   * The table.
   *
   * @param title what it is, for those who cannot see it
   */
  static Element of(Block.Table table, String title) {
    TextTable kinds = TextTable.of(table);
    List<Html> header = new ArrayList<>();
    for (int i = 0; i < table.header().size(); i++) {
      Element cell = Html.el("th").attr("scope", "col").text(table.header().get(i));
      header.add(kinds.isNumeric(i) ? cell.attr("class", "number") : cell);
    }
    List<Html> rows = new ArrayList<>();
    for (List<String> row : table.rows()) {
      List<Html> cells = new ArrayList<>();
      for (int i = 0; i < table.header().size(); i++) {
        Element cell = Html.el("td").text(i < row.size() ? row.get(i) : "");
        cells.add(kinds.isNumeric(i) ? cell.attr("class", "number") : cell);
      }
      rows.add(Html.el("tr").add(cells));
    }
    return Html.el("div", "table")
        .attr("tabindex", 0)
        .attr("role", "region")
        .attr("aria-label", title)
        .add(
            Html.el("table")
                .add(Html.el("thead").add(Html.el("tr").add(header)), Html.el("tbody").add(rows)));
  }
}

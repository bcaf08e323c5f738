package dev.reckon.adapters.web;

import dev.reckon.core.message.Block;
import dev.reckon.core.surface.render.Sanitizer;
import dev.reckon.core.surface.render.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A table that sorts, filters and pages in the browser. Of a long one the first rows are drawn; a
 * script fetches the others when they are asked for, and without scripts a link leads to them.
 */
final class TableView {
  /** Rows of a page, in the script and without it. */
  static final int ROWS = 25;

  private final Block.Table table;
  private final TextTable kinds;
  private final String title;

  /**
   * A table.
   *
   * @param title what it is, for those who cannot see it
   */
  TableView(Block.Table table, String title) {
    this.table = table;
    this.kinds = TextTable.of(table);
    this.title = title;
  }

  /** The whole table. */
  Element whole() {
    return box(0, table.rows().size());
  }

  /**
   * The table's beginning, with where the rest is.
   *
   * @param address of the table's own page
   */
  Html beginning(String address) {
    int rows = table.rows().size();
    if (rows <= ROWS) {
      return whole();
    }
    return Html.all(
        page(address, 0, ROWS),
        Html.el("p", "note")
            .add(
                Html.el("a", "all-rows")
                    .attr("href", address)
                    .text("All %d rows on a page".formatted(rows))));
  }

  /**
   * Some of its rows, from which a script goes on to the others.
   *
   * @param address of the table's own page
   * @param from the first row, counted from 0
   * @param most the most rows
   */
  Element page(String address, int from, int most) {
    int rows = table.rows().size();
    return box(from, Math.min(rows, from + most))
        .attr("data-source", address + "/rows.json")
        .attr("data-total", rows)
        .attr("data-page", from / most)
        .attr("data-rows", most);
  }

  private Element box(int from, int to) {
    List<Html> rows = new ArrayList<>();
    for (List<String> row : table.rows().subList(from, to)) {
      rows.add(Html.el("tr").add(cells("td", row)));
    }
    return Html.el("div", "table")
        .attr("tabindex", 0)
        .attr("role", "region")
        .attr("aria-label", title)
        .add(
            Html.el("table")
                .add(
                    Html.el("thead").add(Html.el("tr").add(cells("th", table.header()))),
                    Html.el("tbody").add(rows)));
  }

  private List<Element> cells(String name, List<String> row) {
    return IntStream.range(0, table.header().size())
        .mapToObj(
            column -> {
              Element cell = Html.el(name);
              if (name.equals("th")) {
                cell.attr("scope", "col");
              }
              if (kinds.isNumeric(column)) {
                cell.attr("class", "number");
              }
              return cell.text(text(row, column));
            })
        .toList();
  }

  /** All rows with the text that is shown in each cell. */
  static List<List<String>> texts(Block.Table table) {
    return table.rows().stream()
        .map(
            row ->
                IntStream.range(0, table.header().size())
                    .mapToObj(column -> text(row, column))
                    .toList())
        .toList();
  }

  private static String text(List<String> row, int column) {
    return column < row.size() ? Sanitizer.oneLine(row.get(column)) : "";
  }
}

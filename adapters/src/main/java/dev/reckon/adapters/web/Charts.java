package dev.reckon.adapters.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Small charts, drawn on the server: no script, no inline style, and each value can be read by
 * pointing at its bar, or in the table below.
 */
final class Charts {
  private static final int HEIGHT = 120;
  private static final int BAR = 16;
  private static final int GAP = 4;
  private static final int LABELS = 16;

  private Charts() {}

  /**
   * A bar of parts that stand on each other.
   *
   * @param label below it
   * @param parts from the bottom up, none negative
   */
  record Bar(String label, List<Double> parts) {
    Bar {
      parts = List.copyOf(parts);
    }

    double height() {
      return parts.stream().mapToDouble(Double::doubleValue).sum();
    }
  }

  /** How values are written. */
  interface Format {
    String of(double value);
  }

  /** Whole numbers. */
  static String count(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }

  /** A whole number with its thousands apart. */
  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** US dollars. */
  static String usd(double value) {
    return String.format(Locale.ROOT, "$%,.2f", value);
  }

  /** A share of 1 in percent. */
  static String percent(double value) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * value);
  }

  /**
   * Bars with the same parts each.
   *
   * @param parts what the parts of a bar are, in their order
   */
  static Html bars(String title, List<String> parts, List<Bar> bars, Format format) {
    double most = bars.stream().mapToDouble(Bar::height).max().orElse(0);
    if (most <= 0) {
      return Html.el("p", "note").text(title + ": nothing yet.");
    }
    int width = bars.size() * (BAR + GAP);
    Element drawing =
        Html.el("svg", "bars")
            .attr("viewbox", "0 0 %d %d".formatted(width, HEIGHT + LABELS))
            .attr("role", "img")
            .attr("aria-label", title);
    for (int i = 0; i < bars.size(); i++) {
      drawing.add(bar(bars.get(i), i * (BAR + GAP), most, parts, format));
    }
    int step = Math.max(1, bars.size() / 5);
    for (int i = 0; i < bars.size(); i += step) {
      drawing.add(
          Html.el("text")
              .attr("x", (long) i * (BAR + GAP))
              .attr("y", HEIGHT + LABELS - 3)
              .text(bars.get(i).label()));
    }
    return Html.el("figure", "chart")
        .add(
            Html.el("figcaption")
                .text("%s (highest: %s)".formatted(title, format.of(most)))
                .add(legend(parts)),
            drawing,
            Html.el("details")
                .add(Html.el("summary").text("As a table"), table(parts, bars, format)));
  }

  private static Html bar(Bar bar, int x, double most, List<String> parts, Format format) {
    List<Html> drawn = new ArrayList<>();
    StringBuilder words = new StringBuilder(bar.label());
    double top = HEIGHT;
    for (int part = 0; part < bar.parts().size(); part++) {
      double value = bar.parts().get(part);
      double height = value / most * HEIGHT;
      top -= height;
      words.append(", ").append(parts.get(part)).append(": ").append(format.of(value));
      drawn.add(
          Html.el("rect", "part-" + part)
              .attr("x", x)
              .attr("y", number(top))
              .attr("width", BAR)
              .attr("height", number(height)));
    }
    return Html.el("g").add(Html.el("title").text(words.toString())).add(drawn);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static Html legend(List<String> parts) {
    if (parts.size() < 2) {
      return Html.none();
    }
    List<Html> names = new ArrayList<>();
    for (int part = 0; part < parts.size(); part++) {
      names.add(Html.el("span", "key part-" + part).text(parts.get(part)));
    }
    return Html.all(names);
  }

  private static Html table(List<String> parts, List<Bar> bars, Format format) {
    List<String> header = new ArrayList<>(List.of(""));
    header.addAll(parts);
    List<List<String>> rows = new ArrayList<>();
    for (Bar bar : bars) {
      List<String> row = new ArrayList<>(List.of(bar.label()));
      bar.parts().forEach(value -> row.add(format.of(value)));
      rows.add(row);
    }
    return table(header, rows);
  }

  /** A plain table of figures; a header's first cell may be empty. */
  static Html table(List<String> header, List<List<String>> rows) {
    List<Html> head = new ArrayList<>();
    header.forEach(cell -> head.add(Html.el("th").attr("scope", "col").text(cell)));
    List<Html> body = new ArrayList<>();
    for (List<String> row : rows) {
      List<Html> cells = new ArrayList<>();
      row.forEach(cell -> cells.add(Html.el("td").text(cell)));
      body.add(Html.el("tr").add(cells));
    }
    return Html.el("div", "table-box")
        .attr("tabindex", 0)
        .add(
            Html.el("table", "figures")
                .add(Html.el("thead").add(Html.el("tr").add(head)), Html.el("tbody").add(body)));
  }
}

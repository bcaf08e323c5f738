package dev.reckon.core.turn;

import dev.reckon.sandbox.Chart;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a program says of its chart, in lines of text. The text is the guest's: hostile. */
public final class ChartText {
  private ChartText() {}

  /** All of it, a line for each thing that is drawn; for whoever checks the data. */
  public static String facts(Chart chart) {
    List<String> lines = new ArrayList<>();
    lines.add("chart " + chart.file() + named(", title", chart.title()));
    for (Chart.Panel panel : chart.panels()) {
      lines.add(
          "  axes"
              + (panel.title().equals(chart.title()) ? "" : named(" titled", panel.title()))
              + named(", horizontal", panel.x())
              + named(", vertical", panel.y())
              + (panel.legend().isEmpty()
                  ? ", no legend"
                  : ", legend: " + String.join("; ", panel.legend())));
      panel.series().forEach(series -> lines.add("  " + facts(series)));
    }
    return String.join("\n", lines);
  }

  /** One line for people who cannot see the picture. */
  public static String description(Chart chart) {
    String kinds =
        chart.panels().stream()
            .flatMap(panel -> panel.series().stream())
            .map(Chart.Series::kind)
            .distinct()
            .collect(Collectors.joining(", "));
    String title = chart.title().isBlank() ? "Chart" : chart.title();
    return kinds.isEmpty() ? title : title + " (" + kinds + ")";
  }

  private static String facts(Chart.Series series) {
    StringBuilder words = new StringBuilder(series.kind());
    words.append(named("", series.label())).append(": ").append(series.points()).append(" points");
    if (!Double.isNaN(series.least())) {
      words.append(", from ").append(number(series.least()));
      words.append(" to ").append(number(series.most()));
    }
    if (!series.values().isEmpty()) {
      words.append(series.whole() ? "; all: " : "; first and last: ");
      words.append(
          series.values().stream()
              .map(point -> point.x() + " = " + number(point.y()))
              .collect(Collectors.joining(", ")));
    }
    return words.toString();
  }

  private static String named(String what, String name) {
    return name.isBlank() ? "" : what + " \"" + name + "\"";
  }

  private static String number(double value) {
    return Double.isNaN(value)
        ? "missing"
        : new DecimalFormat("0.######", DecimalFormatSymbols.getInstance(Locale.ROOT))
            .format(value);
  }
}

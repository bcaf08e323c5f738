package dev.reckon.sandbox;

import java.util.List;
import java.util.Objects;

/**
 * What a program says of a figure that it drew. All of it is the guest's word: hostile, bounded by
 * the worker and by the wire.
 *
 * @param file the name of the picture among the run's files
 * @param title of the whole figure; empty when it has none
 * @param panels its pairs of axes
 */
public record Chart(String file, String title, List<Panel> panels) {
  public Chart {
    Objects.requireNonNull(file);
    Objects.requireNonNull(title);
    panels = List.copyOf(panels);
  }

  /**
   * One pair of axes.
   *
   * @param title its own; empty when it has none
   * @param x the horizontal axis's label
   * @param y the vertical axis's label
   * @param legend its entries
   */
  public record Panel(String title, String x, String y, List<String> legend, List<Series> series) {
    public Panel {
      legend = List.copyOf(legend);
      series = List.copyOf(series);
    }
  }

  /**
   * One line, group of bars or cloud of points.
   *
   * @param kind such as {@code line}, {@code bars}, {@code points}
   * @param label as the legend names it; empty when it does not
   * @param points how many there are
   * @param least the lowest value; NaN when there is none
   * @param most the highest value; NaN when there is none
   * @param values all of them where they are few, otherwise the first and the last
   */
  public record Series(
      String kind, String label, int points, double least, double most, List<Point> values) {
    public Series {
      values = List.copyOf(values);
    }

    /** Whether all values are here. */
    public boolean whole() {
      return values.size() == points;
    }
  }

  /**
   * One value.
   *
   * @param x a category, a date or a number, as text
   * @param y NaN when it is missing
   */
  public record Point(String x, double y) {}
}

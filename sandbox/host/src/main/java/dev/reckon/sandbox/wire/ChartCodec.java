package dev.reckon.sandbox.wire;

import dev.reckon.sandbox.Chart;
import java.io.IOException;

/** The bytes of a {@link Chart}, each of its parts bounded. */
final class ChartCodec {
  private static final int MAX_TEXT_BYTES = 4096;
  private static final int MAX_PANELS = 16;
  private static final int MAX_SERIES = 32;
  private static final int MAX_VALUES = 100;

  private ChartCodec() {}

  static void put(Chart chart, WireOutput out) throws IOException {
    out.text(chart.file());
    out.text(chart.title());
    out.list(chart.panels(), panel -> put(panel, out));
  }

  private static void put(Chart.Panel panel, WireOutput out) throws IOException {
    out.text(panel.title());
    out.text(panel.x());
    out.text(panel.y());
    out.list(panel.legend(), out::text);
    out.list(panel.series(), series -> put(series, out));
  }

  private static void put(Chart.Series series, WireOutput out) throws IOException {
    out.text(series.kind());
    out.text(series.label());
    out.integer(series.points());
    out.real(series.least());
    out.real(series.most());
    out.list(
        series.values(),
        point -> {
          out.text(point.x());
          out.real(point.y());
        });
  }

  static Chart read(WireInput in) throws IOException {
    return new Chart(
        in.text(MAX_TEXT_BYTES), in.text(MAX_TEXT_BYTES), in.list(MAX_PANELS, () -> panel(in)));
  }

  private static Chart.Panel panel(WireInput in) throws IOException {
    return new Chart.Panel(
        in.text(MAX_TEXT_BYTES),
        in.text(MAX_TEXT_BYTES),
        in.text(MAX_TEXT_BYTES),
        in.list(MAX_SERIES, () -> in.text(MAX_TEXT_BYTES)),
        in.list(MAX_SERIES, () -> series(in)));
  }

  private static Chart.Series series(WireInput in) throws IOException {
    return new Chart.Series(
        in.text(MAX_TEXT_BYTES),
        in.text(MAX_TEXT_BYTES),
        in.natural(),
        in.real(),
        in.real(),
        in.list(MAX_VALUES, () -> new Chart.Point(in.text(MAX_TEXT_BYTES), in.real())));
  }
}

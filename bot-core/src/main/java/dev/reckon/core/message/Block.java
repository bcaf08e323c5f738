package dev.reckon.core.message;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A part of a reply. All text may be hostile: whoever renders it escapes it for its platform. */
public sealed interface Block {
  /** The answer in one sentence. Whoever makes it has checked it against the output. */
  record Finding(String text) implements Block {}

  /** Plain words of Reckon's own. */
  record Text(String text) implements Block {}

  /**
   * What the script printed.
   *
   * @param droppedBytes how much more there was than was kept
   */
  record Output(String text, long droppedBytes) implements Block {}

  /** Output that is a table. */
  record Table(List<String> header, List<List<String>> rows) implements Block {
    public Table {
      header = List.copyOf(header);
      rows = rows.stream().map(List::copyOf).toList();
    }
  }

  /**
   * A printed table that somebody asked to see as a chart; where none can be drawn, it is a table.
   */
  record TableChart(Table table) implements Block {
    /** The most of one reply: those of the first tables that were printed. */
    public static final int MOST = 2;
  }

  /**
   * The Python that was run.
   *
   * @param attached whether it is wanted as a file; without, it is shown where there is room
   */
  record Code(String source, boolean attached) implements Block {
    /** Shown where there is room. */
    public Code(String source) {
      this(source, false);
    }
  }

  /**
   * A query that the code began with, and what it came to.
   *
   * @param source the database's name
   * @param sql as it was written
   * @param file that the program read the result from
   * @param at when the database was read
   */
  record Query(String source, String sql, String file, long rows, Instant at) implements Block {}

  /**
   * A file that the run produced.
   *
   * @param id names its content in the store
   */
  record File(String id, String name, long bytes) implements Block {}

  /**
   * A chart that the run drew, in a PNG file.
   *
   * @param width in pixels
   * @param height in pixels
   * @param description in one line, for people who cannot see it
   * @param series what is drawn, where it is few values; for surfaces that draw it themselves
   */
  record Chart(File file, int width, int height, String description, List<Series> series)
      implements Block {
    /** A line, a group of bars or the like, with its name. */
    public record Series(String kind, String label, List<Point> points) {
      public Series {
        points = List.copyOf(points);
      }
    }

    /** A value at a place of the horizontal axis; NaN where it is missing. */
    public record Point(String x, double y) {}

    public Chart {
      series = List.copyOf(series);
    }
  }

  /**
   * A page on which an answer can be read.
   *
   * @param address Reckon's own; nothing that a person or program wrote is in it. A path alone is
   *     not shown: it becomes an address where the pages have a public one
   */
  record Page(String address) implements Block {}

  /** A quiet last line: attempts, time, cost. */
  record Footer(String text) implements Block {}

  /** What it says without any layout, for searches and lists; empty for what only accompanies. */
  default String plainText() {
    return switch (this) {
      case Finding it -> it.text();
      case Text it -> it.text();
      case Output it -> it.text();
      case Table it ->
          Stream.concat(Stream.of(it.header()), it.rows().stream())
              .map(row -> String.join(" ", row))
              .collect(Collectors.joining("\n"));
      case TableChart it -> it.table().plainText();
      case Code it -> it.source();
      case Query it -> it.source() + "\n" + it.sql();
      case File it -> it.name();
      case Chart it -> it.description();
      case Page _, Footer _ -> "";
    };
  }
}

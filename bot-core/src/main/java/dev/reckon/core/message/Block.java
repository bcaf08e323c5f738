package dev.reckon.core.message;

import java.util.List;

/** A part of a reply. All text may be hostile: whoever renders it escapes it for its platform. */
public sealed interface Block {
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
   * @param facts what the program says of it, its values where they are few; for surfaces that draw
   *     them, and for people who cannot see
   */
  record Chart(File file, int width, int height, dev.reckon.sandbox.Chart facts) implements Block {}

  /** A quiet last line: attempts, time, cost. */
  record Footer(String text) implements Block {}
}

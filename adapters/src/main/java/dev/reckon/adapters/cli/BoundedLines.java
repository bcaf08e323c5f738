package dev.reckon.adapters.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads lines of UTF-8; what exceeds the limit is discarded. For use by one thread. */
final class BoundedLines {
  /**
   * One line.
   *
   * @param text without its end
   * @param tooLong whether more followed than was kept
   */
  record Line(String text, boolean tooLong) {}

  private final InputStream in;
  private final int mostBytes;

  BoundedLines(InputStream in, int mostBytes) {
    this.in = new BufferedInputStream(in, 64 * 1024);
    this.mostBytes = mostBytes;
  }

  /** The next line, or null at the end. */
  @Nullable Line next() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    boolean tooLong = false;
    int b = in.read();
    if (b < 0) {
      return null;
    }
    while (b >= 0 && b != '\n') {
      if (bytes.size() < mostBytes) {
        bytes.write(b);
      } else {
        tooLong = true;
      }
      b = in.read();
    }
    return new Line(bytes.toString(StandardCharsets.UTF_8), tooLong);
  }
}

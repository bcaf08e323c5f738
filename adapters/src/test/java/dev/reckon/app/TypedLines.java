package dev.reckon.app;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Somebody who types one line, waits for the answer, and types the next: a line is given when it is
 * read, and noted in the transcript before it. For use by one thread.
 */
final class TypedLines extends InputStream {
  private final Deque<String> lines;
  private final ByteArrayOutputStream transcript = new ByteArrayOutputStream();
  private final List<Duration> waits = new ArrayList<>();
  private long given;
  private byte[] current = {};
  private int at;

  TypedLines(List<String> lines) {
    this.lines = new ArrayDeque<>(lines);
  }

  /** Where answers are to be written. */
  PrintStream out() {
    return new PrintStream(transcript, true, StandardCharsets.UTF_8);
  }

  String transcript() {
    return transcript.toString(StandardCharsets.UTF_8);
  }

  /** How long each line's answer took, in order. */
  List<Duration> waits() {
    return List.copyOf(waits);
  }

  @Override
  public int read() {
    return at < current.length || next() ? current[at++] : -1;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) {
    if (at == current.length && !next()) {
      return -1;
    }
    int count = Math.min(length, current.length - at);
    System.arraycopy(current, at, buffer, offset, count);
    at += count;
    return count;
  }

  private boolean next() {
    long now = System.nanoTime();
    if (given > 0) {
      waits.add(Duration.ofNanos(now - given));
    }
    String line = lines.poll();
    if (line == null) {
      given = 0;
      return false;
    }
    transcript.writeBytes(("› " + line + "\n").getBytes(StandardCharsets.UTF_8));
    current = (line + "\n").getBytes(StandardCharsets.UTF_8);
    at = 0;
    given = System.nanoTime();
    return true;
  }
}

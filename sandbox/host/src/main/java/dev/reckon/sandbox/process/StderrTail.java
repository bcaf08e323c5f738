package dev.reckon.sandbox.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads a child's standard error to its end and keeps the last of it. The protocol does not use
 * that stream: the JVM writes there when it dies. Thread-safe.
 */
public final class StderrTail {
  private static final int KEPT = 1000;

  private final byte[] ring = new byte[KEPT];
  private long written;

  public void drain(InputStream in) {
    byte[] buffer = new byte[1024];
    try (in) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        add(buffer, n);
      }
    } catch (IOException gone) {
      // The process is gone, and what it said until then is kept.
    }
  }

  private synchronized void add(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) {
      ring[(int) (written++ % KEPT)] = bytes[i];
    }
  }

  /** One line of printable text, at most 1000 bytes of it. */
  public synchronized String text() {
    int length = (int) Math.min(written, KEPT);
    byte[] kept = new byte[length];
    for (int i = 0; i < length; i++) {
      kept[i] = ring[(int) ((written - length + i) % KEPT)];
    }
    return line(new String(kept, StandardCharsets.UTF_8));
  }

  /** A child's words as they may stand in a log: one line without control and format characters. */
  public static String line(String words) {
    String line = words.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\s]+", " ").strip();
    return line.length() <= KEPT ? line : line.substring(0, KEPT);
  }
}

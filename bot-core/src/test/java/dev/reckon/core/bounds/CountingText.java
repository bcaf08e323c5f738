package dev.reckon.core.bounds;

import java.util.concurrent.atomic.AtomicLong;

/** A text that counts how many of its characters are read. */
final class CountingText implements CharSequence {
  private final String text;
  private final int from;
  private final int to;
  private final AtomicLong reads;

  CountingText(String text) {
    this(text, 0, text.length(), new AtomicLong());
  }

  private CountingText(String text, int from, int to, AtomicLong reads) {
    this.text = text;
    this.from = from;
    this.to = to;
    this.reads = reads;
  }

  long reads() {
    return reads.get();
  }

  @Override
  public int length() {
    return to - from;
  }

  @Override
  public char charAt(int index) {
    reads.incrementAndGet();
    return text.charAt(from + index);
  }

  /** Shares its counter. */
  @Override
  public CharSequence subSequence(int begin, int end) {
    return new CountingText(text, from + begin, from + end, reads);
  }

  /** Reads all of it. */
  @Override
  public String toString() {
    reads.addAndGet(length());
    return text.substring(from, to);
  }
}

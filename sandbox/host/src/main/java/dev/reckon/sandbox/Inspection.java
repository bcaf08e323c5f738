package dev.reckon.sandbox;

/** What came of reading a script without running it. */
public sealed interface Inspection {
  /** It was read; that it is no Python is part of the report. */
  record Read(SourceReport report) implements Inspection {}

  /**
   * It was not read: it took too long, or the process that read it ended. Nothing is known about
   * it.
   *
   * @param reason in words, without guest text
   */
  record NotRead(String reason) implements Inspection {}
}

package dev.reckon.adapters.web;

import java.io.Serial;

/** A request that is not answered as wanted, with what its sender is told. */
final class RefusedRequest extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final int status;
  private final String words;

  RefusedRequest(int status, String words) {
    super(words, null, false, false);
    this.status = status;
    this.words = words;
  }

  /** Something that is not there, or not this person's to see: both sound the same. */
  static RefusedRequest notFound(String what) {
    return new RefusedRequest(404, what);
  }

  /** The HTTP status. */
  int status() {
    return status;
  }

  /** For people. */
  String words() {
    return words;
  }
}

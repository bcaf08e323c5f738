package dev.reckon.sandbox.worker;

import dev.reckon.sandbox.wire.FromWorker;
import dev.reckon.sandbox.wire.FromWorkerCodec;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** The way to the parent. Safe for any thread; messages are written whole, in order. */
final class ParentLink {
  private final OutputStream out;

  ParentLink(OutputStream out) {
    this.out = out;
  }

  /**
   * Sends one message.
   *
   * @throws UncheckedIOException when the parent is gone, which ends a worker
   */
  synchronized void send(FromWorker message) {
    try {
      FromWorkerCodec.write(message, out);
    } catch (IOException e) {
      throw new UncheckedIOException("the parent does not listen any more", e);
    }
  }
}

package dev.reckon.sandbox.worker;

import dev.reckon.sandbox.Limits;
import dev.reckon.sandbox.wire.FromWorker;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;

/**
 * Both output streams of one run. Sends in pieces what fits into the limit and counts the rest.
 * Pieces are sent when they are large enough, when the stream changes, and whenever {@link #flush}
 * is called, which the run's watch does every few milliseconds. Safe for any thread.
 */
final class RunOutput {
  private static final int PIECE_BYTES = 8 * 1024;

  private final ParentLink parent;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private long id;
  private long keep;
  private long flood = Long.MAX_VALUE;
  private Runnable onFlood = () -> {};
  private long total;
  private long dropped;
  private boolean pendingIsStderr;
  private boolean open;

  RunOutput(ParentLink parent) {
    this.parent = parent;
  }

  /** Before a run nothing is kept: a context that warms up has nothing to say. */
  synchronized void open(long runId, Limits limits, Runnable whenFlooded) {
    id = runId;
    keep = limits.outputBytes();
    flood = limits.outputFloodBytes();
    onFlood = whenFlooded;
    open = true;
  }

  /** Sends the rest; what is written later is lost. */
  synchronized void close() {
    flush();
    open = false;
  }

  /** How many bytes came after the limit. */
  synchronized long dropped() {
    return dropped;
  }

  /** Sends what waits. */
  synchronized void flush() {
    if (open && pending.size() > 0) {
      parent.send(new FromWorker.Output(id, pendingIsStderr, pending.toByteArray()));
    }
    pending.reset();
  }

  /** The stream that a context writes to. */
  OutputStream stream(boolean stderr) {
    return new OutputStream() {
      @Override
      public void write(int b) {
        accept(stderr, new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) {
        accept(stderr, bytes, offset, length);
      }
    };
  }

  private synchronized void accept(boolean stderr, byte[] bytes, int offset, int length) {
    if (!open) {
      return;
    }
    if (stderr != pendingIsStderr) {
      flush();
      pendingIsStderr = stderr;
    }
    int kept = (int) Math.min(length, Math.max(0, keep - total));
    for (int from = 0; from < kept; from += PIECE_BYTES) {
      pending.write(bytes, offset + from, Math.min(PIECE_BYTES, kept - from));
      if (pending.size() >= PIECE_BYTES) {
        flush();
      }
    }
    boolean floodedBefore = total > flood;
    total += length;
    dropped += length - kept;
    if (total > flood && !floodedBefore) {
      onFlood.run();
    }
  }
}

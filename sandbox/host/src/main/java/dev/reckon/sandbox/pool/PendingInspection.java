package dev.reckon.sandbox.pool;

import dev.reckon.sandbox.GuestError;
import dev.reckon.sandbox.SourceReport;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A source that waits to be read, and the future that its caller holds. */
final class PendingInspection {
  final long id;
  final String source;
  final CompletableFuture<SourceReport> future;

  PendingInspection(long id, String source, CompletableFuture<SourceReport> future) {
    this.id = id;
    this.source = source;
    this.future = future;
  }

  /** Answers for a source on which its reader died, or took too long. */
  void unreadable(String why) {
    SourceReport report =
        new SourceReport(
            new GuestError("SyntaxError", why, 0, "SyntaxError: " + why),
            (int) source.lines().count(),
            List.of(),
            List.of(),
            List.of(),
            Set.of());
    Thread.startVirtualThread(() -> future.complete(report));
  }
}

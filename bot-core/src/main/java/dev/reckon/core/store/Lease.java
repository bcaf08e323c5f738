package dev.reckon.core.store;

import java.util.Optional;

/**
 * A replica's hold on one delivery or one reply, until another replica takes it over. Whatever a
 * thread writes to the store {@link #during} a lease is written only if the lease still holds, in
 * the same transaction: a process that was stopped for a while, and whose work another one took
 * over, changes nothing when it continues.
 *
 * @param id the delivery's place in the order, or the reply's id
 * @param epoch how often it was taken; each take-over has a higher one
 */
public record Lease(Of of, long id, long epoch) {
  private static final ScopedValue<Lease> CURRENT = ScopedValue.newInstance();

  /** What is held. */
  public enum Of {
    DELIVERY,
    REPLY
  }

  /** The lease that the calling thread works under, if any. */
  public static Optional<Lease> current() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
  }

  /**
   * Works under this lease on the calling thread.
   *
   * @throws LeaseLostException from any write when another replica has taken over
   */
  public <T, X extends Throwable> T during(ScopedValue.CallableOp<T, X> work) throws X {
    return ScopedValue.where(CURRENT, this).call(work);
  }

  /** The same work under the calling thread's lease, for another thread to run. */
  public static Runnable carried(Runnable work) {
    return current()
        .<Runnable>map(lease -> () -> ScopedValue.where(CURRENT, lease).run(work))
        .orElse(work);
  }
}

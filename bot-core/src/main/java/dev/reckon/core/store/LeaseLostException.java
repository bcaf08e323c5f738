package dev.reckon.core.store;

import java.io.Serial;

/**
 * Another replica has taken over what the calling thread works on, so nothing was written. The work
 * is to be dropped silently: the other replica does it.
 */
public final class LeaseLostException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  public LeaseLostException(Lease lease) {
    super("another replica has taken over: " + lease);
  }
}

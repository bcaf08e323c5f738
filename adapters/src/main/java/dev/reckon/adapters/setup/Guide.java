package dev.reckon.adapters.setup;

import java.io.IOException;

/** Guides a person through the set-up of one platform. */
public interface Guide {
  /**
   * Walks through it. No secret is said, logged or written anywhere.
   *
   * @return whether the platform would work now
   * @throws IOException when nobody answers any more
   */
  boolean walk(Dialogue with) throws IOException, InterruptedException;
}

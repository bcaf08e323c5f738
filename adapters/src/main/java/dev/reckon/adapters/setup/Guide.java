package dev.reckon.adapters.setup;

import java.io.IOException;

/** Guides a person through the set-up of one platform. */
public interface Guide {
  /**
   * Walks through it, and keeps what it is told. No secret is said or logged. What was kept before
   * need not be given again, so a set-up that was left continues where it was.
   *
   * @param files where tokens and settings are kept
   * @return whether the platform works from the next start on
   * @throws IOException when nobody answers any more
   */
  boolean walk(Dialogue with, SetupFiles files) throws IOException, InterruptedException;
}

package dev.reckon.adapters.cli;

import java.net.URI;
import java.util.Optional;

/** A service that runs until it is closed. */
public interface RunningService extends AutoCloseable {
  /** A new link that signs one browser in, once; empty where no pages are served. */
  Optional<URI> signInLink();

  @Override
  void close();
}

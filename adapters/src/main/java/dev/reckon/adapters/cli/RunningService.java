package dev.reckon.adapters.cli;

/** A service that runs until it is closed. */
public interface RunningService extends AutoCloseable {
  @Override
  void close();
}

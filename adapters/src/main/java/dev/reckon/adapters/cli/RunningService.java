package dev.reckon.adapters.cli;

/** Something that runs until it is closed. */
public interface RunningService extends AutoCloseable {
  @Override
  void close();
}

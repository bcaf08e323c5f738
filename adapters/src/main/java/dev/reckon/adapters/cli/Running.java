package dev.reckon.adapters.cli;

/** Something that runs until it is closed. */
public interface Running extends AutoCloseable {
  @Override
  void close();
}

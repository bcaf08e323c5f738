package dev.reckon.core.store;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** Hands out what is kept, to be read by people and programs. */
public interface Export {
  /**
   * Writes a zip of JSON lines, one file per kind of thing, and the files themselves.
   *
   * @param person only what that person said, was answered, attached and thinks; empty: everything
   * @param out is left open
   */
  void write(Optional<String> person, OutputStream out) throws IOException;
}

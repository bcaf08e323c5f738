package dev.reckon.adapters.cli;

import dev.reckon.adapters.config.ConfigurationException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Assembles the program. */
public interface ProgramFactory {
  /**
   * Reads and checks the configuration; starts nothing yet.
   *
   * @param config a file to use instead of the usual one
   * @param set settings to override, each {@code key=value}
   */
  Program open(Optional<Path> config, List<String> set) throws ConfigurationException;
}

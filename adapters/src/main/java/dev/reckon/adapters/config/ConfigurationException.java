package dev.reckon.adapters.config;

import java.io.Serial;
import java.util.List;

/**
 * The configuration cannot be used. Each problem names the key, where it was set, and what to do.
 */
public final class ConfigurationException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final String[] problems;

  public ConfigurationException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = problems.toArray(String[]::new);
  }

  public List<String> problems() {
    return List.of(problems);
  }
}

package dev.reckon.adapters.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say where settings come from; every command has them. */
public final class ConfigurationOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings to use instead of config/reckon.toml.")
  private @Nullable Path config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Overrides one setting; may be given several times.")
  private List<String> set = new ArrayList<>();

  Optional<Path> config() {
    return Optional.ofNullable(config);
  }

  List<String> set() {
    return List.copyOf(set);
  }
}

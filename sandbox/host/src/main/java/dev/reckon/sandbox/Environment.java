package dev.reckon.sandbox;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What scripts find in this sandbox, found out by a worker while it warmed up and never assumed.
 *
 * @param pythonVersion such as {@code 3.12.8}
 * @param modules top-level modules of the standard library that really import
 * @param packages pure-Python packages that the configuration mounts
 * @param missing modules that people expect and that do not import (numpy, pandas, ...)
 * @param layers the layers of protection around the worker
 * @param engine what runs the scripts, such as {@code GraalPy}
 * @param second what scripts find that import a package which only a second engine has; empty where
 *     there is none
 */
public record Environment(
    String pythonVersion,
    List<String> modules,
    List<String> packages,
    List<String> missing,
    List<Layer> layers,
    String engine,
    Optional<Environment> second) {
  public Environment {
    modules = List.copyOf(modules);
    packages = List.copyOf(packages);
    missing = List.copyOf(missing);
    layers = List.copyOf(layers);
    Objects.requireNonNull(engine);
    Objects.requireNonNull(second);
  }

  /** As one worker tells it, which does not know what its engine is called. */
  public Environment(
      String pythonVersion,
      List<String> modules,
      List<String> packages,
      List<String> missing,
      List<Layer> layers) {
    this(pythonVersion, modules, packages, missing, layers, "", Optional.empty());
  }

  /** With these layers, run by this engine. */
  public Environment of(String engineName, List<Layer> all) {
    return new Environment(
        pythonVersion, modules, packages, missing, all, engineName, Optional.empty());
  }

  /** With a second engine beside it. */
  public Environment withSecond(Environment other) {
    return new Environment(
        pythonVersion, modules, packages, missing, layers, engine, Optional.of(other));
  }

  /** The layers that are not up in the worker. */
  public List<Layer> missingLayers() {
    return layers.stream().filter(layer -> !layer.active()).toList();
  }

  /**
   * One layer of protection around the worker.
   *
   * @param name such as {@code seccomp}
   * @param active whether it protects the worker
   * @param detail in words: what it confines, or why it is not there
   */
  public record Layer(String name, boolean active, String detail) {}
}

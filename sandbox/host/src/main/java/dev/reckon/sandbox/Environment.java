package dev.reckon.sandbox;

import java.util.List;

/**
 * What scripts find in this sandbox, found out by a worker while it warmed up and never assumed.
 *
 * @param pythonVersion such as {@code 3.12.8}
 * @param modules top-level modules of the standard library that really import
 * @param packages pure-Python packages that the configuration mounts
 * @param missing modules that people expect and that do not import (numpy, pandas, ...)
 * @param walls which walls stand around the worker
 */
public record Environment(
    String pythonVersion,
    List<String> modules,
    List<String> packages,
    List<String> missing,
    List<Wall> walls) {
  public Environment {
    modules = List.copyOf(modules);
    packages = List.copyOf(packages);
    missing = List.copyOf(missing);
    walls = List.copyOf(walls);
  }

  /**
   * One wall around the worker.
   *
   * @param name such as {@code seccomp}
   * @param stands whether it is up in the worker
   * @param detail in words: what it confines, or why it is not there
   */
  public record Wall(String name, boolean stands, String detail) {}
}

package dev.reckon.sandbox.pool;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What is laid out ahead for workers to start from.
 *
 * @param resources GraalPy's language home, as {@code WorkerSettings.resources} wants it
 * @param modules the standard library's modules that import, one a line; without it every worker
 * @param modules a list of the modules that import; without it each worker finds out for itself
 * @param aotCache the JDK's AOT cache of the worker; without it workers start two to three times as
 *     slowly
 * @param notes what could not be had and why, in sentences for the log and for {@code doctor}
 */
public record Prepared(
    Path resources, Optional<Path> modules, Optional<Path> aotCache, List<String> notes) {
  public Prepared {
    resources = resources.toAbsolutePath().normalize();
    notes = List.copyOf(notes);
  }
}

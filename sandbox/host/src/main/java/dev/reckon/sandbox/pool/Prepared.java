package dev.reckon.sandbox.pool;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The prepared files that workers start from.
 *
 * @param resources GraalPy's language home, as {@code WorkerSettings.resources} wants it
 * @param modules the standard library's modules that can be imported, one a line; without it each
 *     worker tests them at its start
 * @param aotCache the JDK's AOT cache of the worker; without it workers start two to three times as
 *     slowly
 * @param notes what could not be prepared and why, in sentences for the log and {@code doctor}
 */
public record Prepared(
    Path resources, Optional<Path> modules, Optional<Path> aotCache, List<String> notes) {
  public Prepared {
    resources = resources.toAbsolutePath().normalize();
    notes = List.copyOf(notes);
  }
}

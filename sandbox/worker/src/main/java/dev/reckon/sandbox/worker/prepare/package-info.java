/**
 * Lays out GraalPy's language home and compiles its standard library, before workers use it. Runs
 * in a child JVM of its own, on code that came with the build, before any script.
 */
@NullMarked
package dev.reckon.sandbox.worker.prepare;

import org.jspecify.annotations.NullMarked;

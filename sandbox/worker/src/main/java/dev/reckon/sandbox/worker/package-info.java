/**
 * The child JVM: reads messages on standard input, runs one script at a time in a GraalPy context
 * of its own that is thrown away afterwards, and writes what happened to standard output. The next
 * context is made ready in the meantime. Loaded by the child alone.
 */
@NullMarked
package dev.reckon.sandbox.worker;

import org.jspecify.annotations.NullMarked;

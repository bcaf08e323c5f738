/**
 * The child JVM: reads messages on standard input, runs one script at a time in a GraalPy context
 * of its own that is thrown away afterwards, and writes what happened to standard output. It
 * prepares the next context in the meantime. Only the child loads this package.
 */
@NullMarked
package dev.reckon.sandbox.worker;

import org.jspecify.annotations.NullMarked;

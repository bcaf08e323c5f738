/** A stand-in for the worker's process, for tests of the pool alone. */
@NullMarked
package dev.reckon.sandbox.worker;

import org.jspecify.annotations.NullMarked;

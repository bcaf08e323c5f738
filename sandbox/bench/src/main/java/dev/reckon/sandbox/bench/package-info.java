/** Compares the sandbox with a plain CPython process; see {@code docs/performance.md}. */
@NullMarked
package dev.reckon.sandbox.bench;

import org.jspecify.annotations.NullMarked;

/** Measures the sandbox beside what people would do without it; see {@code docs/performance.md}. */
@NullMarked
package dev.reckon.sandbox.bench;

import org.jspecify.annotations.NullMarked;

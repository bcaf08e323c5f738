/**
 * Targets for a fuzzer: reading a model's and a judge's replies, and showing hostile text. {@code
 * mvn verify -Pfuzz} looks for inputs that break a property; each build tries the seeds and some
 * mutations.
 */
@NullMarked
package dev.reckon.core.fuzz;

import org.jspecify.annotations.NullMarked;

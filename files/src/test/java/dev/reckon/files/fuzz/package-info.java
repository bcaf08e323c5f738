/**
 * Targets for a fuzzer: what every attachment's reading promises, whatever the bytes are. {@code
 * mvn verify -Pfuzz} looks for inputs that break it; each build tries the seeds and some mutations.
 */
@NullMarked
package dev.reckon.files.fuzz;

import org.jspecify.annotations.NullMarked;

/**
 * Starts confined child processes: restricted by the kernel, without an environment, in an empty
 * folder, with their standard error captured. The caller decides what a child does.
 */
@NullMarked
package dev.reckon.sandbox.process;

import org.jspecify.annotations.NullMarked;

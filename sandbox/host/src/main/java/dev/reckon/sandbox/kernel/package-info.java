/**
 * The few Linux system calls that the sandbox needs, through the Foreign Function API. Callers
 * decide which restrictions apply.
 */
@NullMarked
package dev.reckon.sandbox.kernel;

import org.jspecify.annotations.NullMarked;

/**
 * Starts child processes that cannot harm anybody: under the kernel's confinement, without an
 * environment, in an empty folder, with their standard error kept. What a child is asked to do is
 * up to those who start it: the pool of workers, the importer of files.
 */
@NullMarked
package dev.reckon.sandbox.process;

import org.jspecify.annotations.NullMarked;

/** Tests of the walls of the operating system, without Python. */
@NullMarked
package dev.reckon.sandbox.worker.lockdown;

import org.jspecify.annotations.NullMarked;

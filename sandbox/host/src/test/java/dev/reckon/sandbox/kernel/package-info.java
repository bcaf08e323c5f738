/** Tests of the walls of the operating system, without Python. */
@NullMarked
package dev.reckon.sandbox.kernel;

import org.jspecify.annotations.NullMarked;

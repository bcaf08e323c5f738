/** Tests of the layers of the operating system, without Python. */
@NullMarked
package dev.reckon.sandbox.kernel;

import org.jspecify.annotations.NullMarked;

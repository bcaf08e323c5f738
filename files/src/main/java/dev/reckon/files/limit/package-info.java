/** Bounds on everything that a file may make grow. */
@NullMarked
package dev.reckon.files.limit;

import org.jspecify.annotations.NullMarked;

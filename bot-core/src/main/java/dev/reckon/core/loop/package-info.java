/**
 * What goes on for as long as the program: loops that are watched, and the pauses between tries.
 */
@NullMarked
package dev.reckon.core.loop;

import org.jspecify.annotations.NullMarked;

/** Supervised loops that run as long as the program, and pauses between retries. */
@NullMarked
package dev.reckon.core.loop;

import org.jspecify.annotations.NullMarked;

/**
 * Supervised loops that run as long as the program, pauses between retries, and news of waiting.
 */
@NullMarked
package dev.reckon.core.loop;

import org.jspecify.annotations.NullMarked;

/**
 * When standing computations run, and what an alert waits for: the words for both, and what follows
 * from them. Pure; reads no clock.
 */
@NullMarked
package dev.reckon.core.schedule;

import org.jspecify.annotations.NullMarked;

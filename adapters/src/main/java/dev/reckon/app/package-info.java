/**
 * Assembles the program: its settings, its parts, and its entry point. No other package sees all
 * others.
 */
@NullMarked
package dev.reckon.app;

import org.jspecify.annotations.NullMarked;

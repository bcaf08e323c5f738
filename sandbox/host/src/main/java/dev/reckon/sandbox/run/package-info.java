/**
 * One script's run as its parent sees it, wherever the worker is: its limits, what it has produced
 * so far, and how its end is reported.
 */
@NullMarked
package dev.reckon.sandbox.run;

import org.jspecify.annotations.NullMarked;

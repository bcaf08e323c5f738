/**
 * The demonstration: requests whose model replies were written beforehand, everything else real.
 */
@NullMarked
package dev.reckon.adapters.demo;

import org.jspecify.annotations.NullMarked;

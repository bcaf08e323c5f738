/**
 * Figures for those who run the program, in Prometheus' format. Each port of the core is measured
 * by a wrapper around it, so that nothing else knows of metrics. No label carries a person, a team,
 * a conversation or any text: their number is bounded.
 */
@NullMarked
package dev.reckon.adapters.metrics;

import org.jspecify.annotations.NullMarked;

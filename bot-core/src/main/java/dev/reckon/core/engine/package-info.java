/**
 * Takes deliveries in, drives turns step by step (step, save, perform, step), and hands replies on.
 */
@NullMarked
package dev.reckon.core.engine;

import org.jspecify.annotations.NullMarked;

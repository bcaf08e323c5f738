/**
 * Keeps worker processes warm and hands scripts to them. {@link dev.reckon.sandbox.pool.WarmPool}
 * decides who runs where and when a worker is replaced; {@code WorkerProcess} is one child JVM with
 * its pipes; {@code ActiveRun} is one script in progress, with its deadlines. What a child sends is
 * hostile: it is bounded, and anything that does not fit the protocol ends the child.
 */
@NullMarked
package dev.reckon.sandbox.pool;

import org.jspecify.annotations.NullMarked;

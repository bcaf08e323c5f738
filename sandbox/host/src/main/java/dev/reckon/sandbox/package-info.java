/**
 * The sandbox's port: takes one untrusted Python script and returns its result. Nothing here
 * depends on how a script is run; {@code dev.reckon.sandbox.pool} does that, in child JVMs.
 */
@NullMarked
package dev.reckon.sandbox;

import org.jspecify.annotations.NullMarked;

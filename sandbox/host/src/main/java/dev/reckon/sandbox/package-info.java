/**
 * The sandbox's port: hand over one untrusted Python script, get back what happened. Nothing here
 * knows how a script is run; {@code dev.reckon.sandbox.pool} does that, in child JVMs.
 */
@NullMarked
package dev.reckon.sandbox;

import org.jspecify.annotations.NullMarked;

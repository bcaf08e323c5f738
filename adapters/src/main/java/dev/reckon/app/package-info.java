/**
 * The assembled program: its settings, which parts it is made of, and where it starts. Nothing else
 * sees every room.
 */
@NullMarked
package dev.reckon.app;

import org.jspecify.annotations.NullMarked;

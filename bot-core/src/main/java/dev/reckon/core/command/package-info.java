/** The words that people type and the buttons that they press: one vocabulary for every surface. */
@NullMarked
package dev.reckon.core.command;

import org.jspecify.annotations.NullMarked;

/** Commands that people type and buttons that they press, the same on every surface. */
@NullMarked
package dev.reckon.core.command;

import org.jspecify.annotations.NullMarked;

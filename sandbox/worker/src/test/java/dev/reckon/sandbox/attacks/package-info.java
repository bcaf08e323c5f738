/** Attacks on the sandbox, each really executed; see {@code docs/attacks.md}. */
@NullMarked
package dev.reckon.sandbox.attacks;

import org.jspecify.annotations.NullMarked;

/** What of Python works here, found out by running it; see {@code docs/python.md}. */
@NullMarked
package dev.reckon.sandbox.compatibility;

import org.jspecify.annotations.NullMarked;

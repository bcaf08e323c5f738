/**
 * Plain data that crosses between surfaces and the core: what arrived, and what goes back. No
 * platform's words and no I/O.
 */
@NullMarked
package dev.reckon.core.message;

import org.jspecify.annotations.NullMarked;

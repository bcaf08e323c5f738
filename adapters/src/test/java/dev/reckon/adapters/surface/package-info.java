/** What every surface promises, as tests that each surface passes. */
@NullMarked
package dev.reckon.adapters.surface;

import org.jspecify.annotations.NullMarked;

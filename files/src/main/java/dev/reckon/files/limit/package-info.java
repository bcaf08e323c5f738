/** Limits on everything whose size a file controls. */
@NullMarked
package dev.reckon.files.limit;

import org.jspecify.annotations.NullMarked;

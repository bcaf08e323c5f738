/** Finds out in which encoding text is stored, and decodes it. */
@NullMarked
package dev.reckon.files.encoding;

import org.jspecify.annotations.NullMarked;

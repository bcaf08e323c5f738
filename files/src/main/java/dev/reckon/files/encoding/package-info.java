/** Detects the encoding of text and decodes it. */
@NullMarked
package dev.reckon.files.encoding;

import org.jspecify.annotations.NullMarked;

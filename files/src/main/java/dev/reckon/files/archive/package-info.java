/** Reads archives that may be hostile. Their content is counted before and while it is unpacked. */
@NullMarked
package dev.reckon.files.archive;

import org.jspecify.annotations.NullMarked;

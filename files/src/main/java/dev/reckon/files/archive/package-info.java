/** Archives that may be hostile: counted before they are opened, and while they unfold. */
@NullMarked
package dev.reckon.files.archive;

import org.jspecify.annotations.NullMarked;

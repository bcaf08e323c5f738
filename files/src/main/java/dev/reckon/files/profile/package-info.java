/** Profiles of files: encoding, table, columns, and a preview. */
@NullMarked
package dev.reckon.files.profile;

import org.jspecify.annotations.NullMarked;

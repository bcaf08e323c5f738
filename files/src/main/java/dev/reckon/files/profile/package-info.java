/** What is told about a file: its encoding, its table, its columns, how it begins. */
@NullMarked
package dev.reckon.files.profile;

import org.jspecify.annotations.NullMarked;

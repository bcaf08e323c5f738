/** Attached files: importing them into a conversation, and profiles of what is in them. */
@NullMarked
package dev.reckon.core.files;

import org.jspecify.annotations.NullMarked;

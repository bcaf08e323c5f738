/**
 * What every surface shares when it shows a reply: a sanitizer for hostile text, the order of a
 * reply's parts, what is shown in full, as an excerpt or as a file, tables, buttons, and sending
 * several messages with files so that a crash in between repeats nothing. Surfaces add API calls
 * and markup.
 */
@NullMarked
package dev.reckon.core.surface.render;

import org.jspecify.annotations.NullMarked;

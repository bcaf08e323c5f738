/**
 * Tables in text: how they are delimited and quoted, where they begin and end, whether they have a
 * header, and what their columns hold. Every pass is linear in the text.
 */
@NullMarked
package dev.reckon.files.table;

import org.jspecify.annotations.NullMarked;

/**
 * Texts that Reckon shows on more than one surface: status words, labels of buttons, notes about
 * files, progress. The texts are in one resource bundle, so that another language is another file.
 */
@NullMarked
package dev.reckon.core.label;

import org.jspecify.annotations.NullMarked;

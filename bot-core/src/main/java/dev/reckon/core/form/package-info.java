/**
 * Forms: what a person fills in, described once and checked by one rule. Each surface draws a form
 * in its own way.
 */
@NullMarked
package dev.reckon.core.form;

import org.jspecify.annotations.NullMarked;

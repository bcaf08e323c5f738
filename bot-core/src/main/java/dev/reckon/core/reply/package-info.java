/**
 * Reads what a model replied: programs, plans, questions, and a judge's verdict. All of it is
 * hostile text; what reads it is bounded and linear.
 */
@NullMarked
package dev.reckon.core.reply;

import org.jspecify.annotations.NullMarked;

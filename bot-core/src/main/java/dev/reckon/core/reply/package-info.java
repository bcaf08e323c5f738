/**
 * Parses a model's replies: programs, plans, questions, and a judge's verdict. Replies are hostile
 * text; parsing is bounded and takes linear time.
 */
@NullMarked
package dev.reckon.core.reply;

import org.jspecify.annotations.NullMarked;

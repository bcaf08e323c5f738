/**
 * Databases that programs may query: what a program asks for, the port that answers, and what came
 * of it.
 */
@NullMarked
package dev.reckon.core.source;

import org.jspecify.annotations.NullMarked;

/**
 * The command line: a surface for people and for scripts. Answers go to standard output; progress,
 * preparation and logs go to standard error. Exit code 2 means that the command line or the
 * configuration is wrong.
 */
@NullMarked
package dev.reckon.adapters.cli;

import org.jspecify.annotations.NullMarked;

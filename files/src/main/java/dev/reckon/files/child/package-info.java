/**
 * The process that reads attached files. It has the same isolation as a process that runs scripts
 * and uses the same messages: an attachment arrives as a run's file, and the results return as the
 * run's files.
 */
@NullMarked
package dev.reckon.files.child;

import org.jspecify.annotations.NullMarked;

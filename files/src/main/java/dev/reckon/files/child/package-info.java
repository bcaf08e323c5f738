/**
 * The process that reads attached files. It stands behind the same walls as a process that runs
 * scripts and speaks the same messages: an attachment comes as a run's file, what was read goes
 * back as the run's files.
 */
@NullMarked
package dev.reckon.files.child;

import org.jspecify.annotations.NullMarked;

/**
 * Reads what people attach: archives, compressed files, workbooks, text in any encoding. The input
 * is hostile; every step is bounded and linear, nothing touches a disk, and a file that cannot be
 * read is a notice and never a failure of the process.
 */
@NullMarked
package dev.reckon.files;

import org.jspecify.annotations.NullMarked;

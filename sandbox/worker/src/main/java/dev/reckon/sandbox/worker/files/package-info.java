/**
 * The only files a script sees: a small Unix tree in memory with a quota, in which the language
 * home, the mounted packages and the time zones are read-only. No path of the host is visible, and
 * nothing outside can be named.
 */
@NullMarked
package dev.reckon.sandbox.worker.files;

import org.jspecify.annotations.NullMarked;

/**
 * Reads attached files in locked child processes. This side sends bytes in and decodes what comes
 * back with a bound on everything; the parsers themselves are on no class path of the bot's.
 */
@NullMarked
package dev.reckon.adapters.files;

import org.jspecify.annotations.NullMarked;

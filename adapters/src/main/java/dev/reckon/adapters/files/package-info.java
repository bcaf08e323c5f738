/**
 * Reads attached files in locked child processes. The bot sends bytes and decodes the child's
 * bounded answer; the parsers are not on the bot's class path.
 */
@NullMarked
package dev.reckon.adapters.files;

import org.jspecify.annotations.NullMarked;

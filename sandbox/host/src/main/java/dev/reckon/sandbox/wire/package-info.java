/**
 * Messages between the bot's JVM and a worker: sealed records and their encoding, without
 * behaviour. The child's bytes are hostile: a guest that escaped may write anything, so everything
 * read from it is bounded.
 */
@NullMarked
package dev.reckon.sandbox.wire;

import org.jspecify.annotations.NullMarked;

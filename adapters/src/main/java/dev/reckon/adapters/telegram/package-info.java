/**
 * Telegram: updates in by long polling or by webhook, each persisted before it is acknowledged;
 * replies out as HTML messages, files and buttons. Nothing here decides what to answer or when.
 */
@NullMarked
package dev.reckon.adapters.telegram;

import org.jspecify.annotations.NullMarked;

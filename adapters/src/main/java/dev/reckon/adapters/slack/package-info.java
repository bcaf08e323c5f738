/**
 * Slack: Socket Mode or HTTP in, Block Kit out. Events are translated and handed to the core's
 * inbox before they are acknowledged; nothing that asks Slack back happens on that way. One
 * workspace by token; {@link dev.reckon.adapters.slack.SlackWorkspace} is where others would come
 * in.
 */
@NullMarked
package dev.reckon.adapters.slack;

import org.jspecify.annotations.NullMarked;

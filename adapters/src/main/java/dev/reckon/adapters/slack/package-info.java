/**
 * Slack: Socket Mode or HTTP in, Block Kit out. Events are translated and handed to the core's
 * inbox before they are acknowledged; no call to Slack happens before that. One workspace per
 * token; {@link dev.reckon.adapters.slack.SlackWorkspace} is where support for more would start.
 */
@NullMarked
package dev.reckon.adapters.slack;

import org.jspecify.annotations.NullMarked;

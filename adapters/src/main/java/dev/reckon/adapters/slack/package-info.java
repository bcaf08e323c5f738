/**
 * Slack: Socket Mode or HTTP in, Block Kit out. Events are translated and handed to the core's
 * inbox before they are acknowledged; no call to Slack happens before that. One workspace is served
 * by a configured token; {@link dev.reckon.adapters.slack.Workspaces} knows it and those that
 * installed the app themselves.
 */
@NullMarked
package dev.reckon.adapters.slack;

import org.jspecify.annotations.NullMarked;

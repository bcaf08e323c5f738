package dev.reckon.adapters.slack;

import dev.reckon.core.message.Team;
import java.util.Set;

/**
 * The workspace and bot that a token belongs to, as {@code auth.test} tells them.
 *
 * @param id the workspace's id
 * @param name what people call it
 * @param bot the user id of the bot
 * @param scopes what the token may do; empty when Slack does not say
 */
record SlackWorkspace(String id, String name, String bot, Set<String> scopes) {
  SlackWorkspace {
    scopes = Set.copyOf(scopes);
  }

  Team team() {
    return new Team(SlackSurface.NAME + "/" + id, name);
  }

  /** The id of a person of this workspace, unique over all surfaces. */
  String person(String user) {
    return team().id() + "/" + user;
  }
}

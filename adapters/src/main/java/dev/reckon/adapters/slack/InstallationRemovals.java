package dev.reckon.adapters.slack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reckon.adapters.slack.Workspaces.Workspace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Slack tells of installations that end: the app was removed, its tokens were revoked, or an
 * organisation took workspaces out of its installation.
 *
 * @param configured is run when that was the workspace of the configured token
 * @param later runs what asks Slack
 */
record InstallationRemovals(Workspaces workspaces, Runnable configured, Executor later) {
  private static final Logger LOG = LoggerFactory.getLogger(InstallationRemovals.class);

  /**
   * Handles an event.
   *
   * @param workspace whose installation it was sent for, if Reckon serves it
   * @return whether it is one of these
   */
  boolean told(JsonNode envelope, Optional<Workspace> workspace) {
    JsonNode event = envelope.path("event");
    return switch (event.path("type").asText()) {
      case "app_uninstalled" -> {
        // Those that are not listed any more have tokens to delete, too.
        workspace.ifPresentOrElse(
            it -> end(it, at(envelope)),
            () -> workspaces.removed(envelope.path("team_id").asText(), at(envelope)));
        yield true;
      }
      case "tokens_revoked" -> {
        // Tokens of people who signed in, and a bot's former ones, are revoked, too.
        if (workspace.isPresent() && !event.path("tokens").path("bot").isEmpty()) {
          later.execute(() -> endIfRefused(workspace.get(), at(envelope)));
        }
        yield true;
      }
      case "team_access_revoked" -> {
        List<String> teams = new ArrayList<>();
        event.path("team_ids").forEach(id -> teams.add(id.asText()));
        workspaces.left(teams, organisation(envelope));
        yield true;
      }
      case "team_access_granted" -> true; // learned with the first event from there
      default -> false;
    };
  }

  private void endIfRefused(Workspace workspace, Instant at) {
    try {
      workspace.api().authenticate();
    } catch (SlackFailure e) {
      if (SlackFailure.isOfToken(e.code())) {
        end(workspace, at);
      } else {
        LOG.warn("whether Slack revoked the token is not known: {}", e.getMessage());
      }
    } catch (RuntimeException e) {
      LOG.error("a revoked token could not be removed", e);
    }
  }

  private void end(Workspace workspace, Instant at) {
    if (!workspaces.removed(workspace.identity().id(), at)) {
      configured.run();
    }
  }

  private static String organisation(JsonNode envelope) {
    String outer = envelope.path("enterprise_id").asText("");
    return outer.isEmpty()
        ? envelope.path("authorizations").path(0).path("enterprise_id").asText("")
        : outer;
  }

  /** Slack tells the second; the end of it, since the installation may be of the same one. */
  private static Instant at(JsonNode envelope) {
    long seconds = envelope.path("event_time").asLong(0);
    return seconds == 0 ? Instant.now() : Instant.ofEpochSecond(seconds + 1);
  }
}

package dev.reckon.adapters.slack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reckon.adapters.slack.Workspaces.Workspace;
import dev.reckon.core.delivery.Inbox;
import dev.reckon.core.delivery.SurfaceQueries;
import java.util.concurrent.Executor;

/** Handles what people do in one workspace. */
record WorkspaceHandlers(
    SlashCommandHandler commands,
    BlockActionHandler blockActions,
    SubmissionHandler submissions,
    ShortcutHandler shortcuts,
    HomeHandler home,
    EventTranslator events,
    AgentView view,
    Inbox inbox) {
  /**
   * Makes the handlers.
   *
   * @param installed whether the workspace installed the app, so that its files are read by a token
   *     of its own
   */
  static WorkspaceHandlers of(
      Workspace workspace, boolean installed, Inbox inbox, SurfaceQueries queries, Executor later) {
    Inbox own = installed ? withFilesOf(workspace.identity().id(), inbox) : inbox;
    InteractionContext interaction =
        new InteractionContext(
            new SlackIds(workspace.identity(), queries), own, workspace.api(), later);
    AgentView view = new AgentView(interaction, workspace.surface());
    return new WorkspaceHandlers(
        new SlashCommandHandler(interaction),
        new BlockActionHandler(interaction),
        new SubmissionHandler(interaction),
        new ShortcutHandler(interaction),
        new HomeHandler(interaction),
        new EventTranslator(interaction.identities(), view::streamed),
        view,
        own);
  }

  private static Inbox withFilesOf(String team, Inbox inbox) {
    return incoming -> inbox.receive(incoming.with(FileReference.of(team, incoming.attachments())));
  }

  /** Takes in an event that is about a message, or about a window of Slack's. */
  void event(JsonNode envelope) {
    JsonNode event = envelope.path("event");
    switch (event.path("type").asText()) {
      case "agent_session_stopped" -> {
        events.translate(envelope).ifPresent(inbox::receive);
        view.told(event);
      }
      case "app_home_opened" -> view.told(event);
      default -> events.translate(envelope).ifPresent(inbox::receive);
    }
  }
}

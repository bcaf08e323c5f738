package dev.reckon.adapters.slack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reckon.adapters.slack.Workspaces.Workspace;
import dev.reckon.core.delivery.Inbox;
import dev.reckon.core.delivery.SurfaceQueries;
import dev.reckon.core.surface.LinkPreviews;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Handles what people do in one workspace. */
record WorkspaceHandlers(
    SlashCommandHandler commands,
    BlockActionHandler blockActions,
    SubmissionHandler submissions,
    ShortcutHandler shortcuts,
    HomeHandler home,
    EventTranslator events,
    AgentView view,
    Consumer<JsonNode> links,
    Inbox inbox) {
  /**
   * Makes the handlers.
   *
   * @param installed whether the workspace installed the app, so that its files are read by a token
   *     of its own
   * @param previews what is shown below links to pages
   */
  static WorkspaceHandlers of(
      Workspace workspace,
      boolean installed,
      Inbox inbox,
      SurfaceQueries queries,
      LinkPreviews previews,
      Executor later) {
    Inbox own = installed ? withFilesOf(workspace.identity().id(), inbox) : inbox;
    InteractionContext interaction =
        new InteractionContext(
            new SlackIds(workspace.identity(), queries), own, workspace.api(), later);
    AgentView view = new AgentView(interaction, workspace.surface());
    LinkUnfurler unfurler = new LinkUnfurler(interaction.identities(), workspace.api(), previews);
    return new WorkspaceHandlers(
        new SlashCommandHandler(interaction),
        new BlockActionHandler(interaction),
        new SubmissionHandler(interaction),
        new ShortcutHandler(interaction),
        new HomeHandler(interaction),
        new EventTranslator(interaction.identities(), view::streamed),
        view,
        event -> interaction.quietly("previewing links", () -> unfurler.unfurl(event)),
        own);
  }

  private static Inbox withFilesOf(String team, Inbox inbox) {
    return incoming -> inbox.receive(incoming.with(FileReference.of(team, incoming.attachments())));
  }

  /** Takes an event that is about a message, a link, or a window of Slack's. */
  void event(JsonNode envelope) {
    JsonNode event = envelope.path("event");
    switch (event.path("type").asText()) {
      case "agent_session_stopped" -> {
        events.translate(envelope).ifPresent(inbox::receive);
        view.told(event);
      }
      case "app_home_opened", "app_context_changed" -> view.told(event);
      case "link_shared" -> links.accept(event);
      default -> events.translate(envelope).ifPresent(inbox::receive);
    }
  }
}

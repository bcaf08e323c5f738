package dev.reckon.adapters.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.slack.api.app_backend.SlackSignature;
import com.slack.api.bolt.App;
import com.slack.api.bolt.AppConfig;
import com.slack.api.bolt.context.Context;
import com.slack.api.bolt.middleware.Middleware;
import com.slack.api.bolt.middleware.builtin.RequestVerification;
import com.slack.api.bolt.request.RequestType;
import com.slack.api.bolt.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Assembles Bolt: the signature over HTTP, the one workspace, then the handlers. Bolt's own
 * authorisation is left out, since it asks Slack while a person waits for the acknowledgement.
 */
final class BoltApp {
  private static final Logger log = LoggerFactory.getLogger(BoltApp.class);
  private static final ObjectMapper json = new ObjectMapper();

  private BoltApp() {}

  /**
   * Builds it.
   *
   * @param uninstalled is run when the workspace takes the app away
   * @param view is given events that are about Slack's windows, and no message
   */
  static App create(
      SlackSettings settings,
      InteractionContext interaction,
      Runnable uninstalled,
      AgentView view) {
    AppConfig config =
        AppConfig.builder()
            .slack(interaction.api().slack())
            .singleTeamBotToken(settings.botToken())
            .signingSecret(settings.signingSecret())
            .build();
    SlackWorkspace workspace = interaction.identities().workspace();
    List<Middleware> middleware = new ArrayList<>();
    if (settings.mode() == SlackSettings.Mode.HTTP) {
      middleware.add(
          new RequestVerification(
              new SlackSignature.Verifier(new SlackSignature.Generator(settings.signingSecret()))));
    }
    middleware.add(
        (request, response, chain) -> {
          identify(request.getContext(), workspace, settings);
          return chain.next(request);
        });
    middleware.add(events(interaction, uninstalled, view));
    App app = new App(config, middleware);
    SlashCommandHandler commands = new SlashCommandHandler(interaction);
    BlockActionHandler blockActions = new BlockActionHandler(interaction);
    SubmissionHandler submissions = new SubmissionHandler(interaction);
    ShortcutHandler shortcuts = new ShortcutHandler(interaction);
    // Any name that the manifest gives the command is ours: an app receives its own commands only.
    app.command(Pattern.compile("/.+"), (r, c) -> commands.handle(r.getPayload(), c));
    HomeHandler home = new HomeHandler(interaction);
    app.blockAction(
        Pattern.compile(Pattern.quote(HomeTab.ACTION) + ".+"),
        (r, c) -> home.handle(r.getPayload(), c));
    app.viewSubmission(SavedForm.CALLBACK, (r, c) -> home.submitted(r.getPayload(), c));
    app.blockAction(
        Pattern.compile(
            Pattern.quote(ButtonData.ACTION_PREFIX)
                + "(?!"
                + Pattern.quote(HomeTab.ACTION.substring(ButtonData.ACTION_PREFIX.length()))
                + ").+"),
        (r, c) -> blockActions.handle(r.getPayload(), c));
    app.viewSubmission(Forms.CALLBACK, (r, c) -> submissions.handle(r.getPayload(), c));
    app.messageShortcut(ShortcutHandler.RUN_CODE, (r, c) -> shortcuts.runCode(r.getPayload(), c));
    app.messageShortcut(ShortcutHandler.COMPUTE, (r, c) -> shortcuts.compute(r.getPayload(), c));
    return app;
  }

  private static void identify(Context context, SlackWorkspace workspace, SlackSettings settings) {
    context.setBotToken(settings.botToken());
    context.setBotUserId(workspace.bot());
    context.setTeamId(workspace.id());
  }

  /** Events are read raw, whatever their type, and always acknowledged once they are stored. */
  private static Middleware events(
      InteractionContext interaction, Runnable uninstalled, AgentView view) {
    EventTranslator events = new EventTranslator(interaction.identities(), view::streamed);
    String team = interaction.identities().workspace().id();
    return (request, response, chain) -> {
      if (request.getRequestType() != RequestType.Event) {
        return chain.next(request);
      }
      JsonNode envelope = json.readTree(request.getRequestBodyAsString());
      if (!isFor(envelope, team)) {
        log.warn("an event for another workspace was left alone");
        return Response.ok();
      }
      switch (envelope.path("event").path("type").asText()) {
        case "app_uninstalled", "tokens_revoked" -> uninstalled.run();
        case "agent_session_stopped" -> {
          events.translate(envelope).ifPresent(interaction.inbox()::receive);
          view.told(envelope.path("event"));
        }
        case "app_home_opened" -> view.told(envelope.path("event"));
        default -> events.translate(envelope).ifPresent(interaction.inbox()::receive);
      }
      return Response.ok();
    };
  }

  private static boolean isFor(JsonNode envelope, String team) {
    JsonNode installations = envelope.path("authorizations");
    if (installations.isEmpty()) {
      return envelope.path("team_id").asText(team).equals(team);
    }
    return StreamSupport.stream(installations.spliterator(), false)
        .map(each -> each.path("team_id").asText(team))
        .anyMatch(team::equals);
  }
}

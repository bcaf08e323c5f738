package dev.reckon.adapters.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.slack.api.Slack;
import com.slack.api.app_backend.SlackSignature;
import com.slack.api.bolt.App;
import com.slack.api.bolt.AppConfig;
import com.slack.api.bolt.context.Context;
import com.slack.api.bolt.middleware.Middleware;
import com.slack.api.bolt.middleware.builtin.RequestVerification;
import com.slack.api.bolt.request.Request;
import com.slack.api.bolt.request.RequestType;
import com.slack.api.bolt.request.builtin.BlockActionRequest;
import com.slack.api.bolt.request.builtin.ViewSubmissionRequest;
import com.slack.api.bolt.response.Response;
import dev.reckon.adapters.slack.Workspaces.Workspace;
import dev.reckon.core.delivery.Inbox;
import dev.reckon.core.delivery.SurfaceQueries;
import dev.reckon.core.surface.LinkPreviews;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Assembles Bolt: the signature over HTTP, the workspace, then its handlers. Bolt's own
 * authorisation is left out, since it asks Slack while a person waits for the acknowledgement.
 */
final class BoltApp {
  private static final Logger LOG = LoggerFactory.getLogger(BoltApp.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SlackSettings settings;
  private final Workspaces workspaces;
  private final InstallationRemovals removals;
  private final Function<Workspace, WorkspaceHandlers> handlers;

  private BoltApp(
      SlackSettings settings,
      Workspaces workspaces,
      InstallationRemovals removals,
      Function<Workspace, WorkspaceHandlers> handlers) {
    this.settings = settings;
    this.workspaces = workspaces;
    this.removals = removals;
    this.handlers = handlers;
  }

  /**
   * Builds it.
   *
   * @param removals is told when a workspace removes the app
   * @param previews what is shown below links to pages
   * @param later runs what asks Slack
   */
  static App create(
      SlackSettings settings,
      Slack slack,
      Workspaces workspaces,
      InstallationRemovals removals,
      Inbox inbox,
      SurfaceQueries queries,
      LinkPreviews previews,
      Executor later) {
    Function<Workspace, WorkspaceHandlers> handlers =
        workspace ->
            WorkspaceHandlers.of(
                workspace,
                !workspaces.configured().equals(Optional.of(workspace)),
                inbox,
                queries,
                previews,
                later);
    return new BoltApp(settings, workspaces, removals, handlers).app(slack);
  }

  private App app(Slack slack) {
    AppConfig config =
        AppConfig.builder().slack(slack).signingSecret(settings.signingSecret()).build();
    List<Middleware> middleware = new ArrayList<>();
    if (settings.mode() == SlackSettings.Mode.HTTP) {
      middleware.add(
          new RequestVerification(
              new SlackSignature.Verifier(new SlackSignature.Generator(settings.signingSecret()))));
    }
    middleware.add(
        (request, response, chain) ->
            request.getRequestType() == RequestType.Event
                ? event(request)
                : identified(request) ? chain.next(request) : unknown(request));
    App app = new App(config, middleware);
    // Any name that the manifest gives the command is ours: an app receives its own commands only.
    app.command(Pattern.compile("/.+"), (r, c) -> at(c).commands().handle(r.getPayload(), c));
    app.blockAction(
        Pattern.compile(Pattern.quote(HomeTab.ACTION) + ".+"),
        (r, c) -> at(c).home().handle(r.getPayload(), c));
    app.viewSubmission(HomeHandler.CALLBACK, (r, c) -> at(c).home().submitted(r.getPayload(), c));
    app.blockAction(
        Pattern.compile(
            Pattern.quote(ButtonData.ACTION_PREFIX)
                + "(?!"
                + Pattern.quote(HomeTab.ACTION.substring(ButtonData.ACTION_PREFIX.length()))
                + ").+"),
        (r, c) -> at(c).blockActions().handle(r.getPayload(), c));
    app.viewSubmission(Forms.CALLBACK, (r, c) -> at(c).submissions().handle(r.getPayload(), c));
    app.messageShortcut(
        ShortcutHandler.RUN_CODE, (r, c) -> at(c).shortcuts().runCode(r.getPayload(), c));
    app.messageShortcut(
        ShortcutHandler.COMPUTE, (r, c) -> at(c).shortcuts().compute(r.getPayload(), c));
    return app;
  }

  /** The handlers of the workspace that a request was found to be of. */
  private WorkspaceHandlers at(Context context) {
    return handlers.apply(workspaces.find(context.getTeamId()).orElseThrow());
  }

  /** Finds the workspace of a command, a button, a form or a shortcut. */
  private boolean identified(Request<?> request) {
    Context context = request.getContext();
    String named = named(request);
    Optional<Workspace> found =
        named.isEmpty()
            ? workspaces.find(
                Objects.requireNonNullElse(context.getTeamId(), ""),
                Objects.requireNonNullElse(context.getEnterpriseId(), ""))
            : workspaces.find(named);
    found = found.or(workspaces::only);
    if (found.isEmpty()) {
      return false;
    }
    SlackWorkspace workspace = found.get().identity();
    context.setBotUserId(workspace.bot());
    context.setTeamId(workspace.id());
    return true;
  }

  /**
   * In a channel that two workspaces share, the person who presses a button may be of the other
   * one; the button says whose message it stands under, and the form that it opens says the same.
   *
   * @return the workspace's id, or empty where nothing names one
   */
  private static String named(Request<?> request) {
    return switch (request) {
      case BlockActionRequest press when press.getPayload().getActions() != null ->
          press.getPayload().getActions().stream()
              .findFirst()
              .flatMap(ButtonData::of)
              .map(button -> SlackTarget.team(button.conversation()))
              .orElse("");
      case ViewSubmissionRequest sent
          when Forms.CALLBACK.equals(sent.getPayload().getView().getCallbackId()) ->
          FormContext.of(
                  Objects.requireNonNullElse(sent.getPayload().getView().getPrivateMetadata(), ""))
              .destination()
              .team();
      default -> "";
    };
  }

  private static Response unknown(Request<?> request) {
    LOG.warn("a request of a workspace that Reckon does not serve was left alone");
    return request.getRequestType() == RequestType.Command
        ? Response.builder()
            .statusCode(200)
            .contentType("application/json; charset=utf-8")
            .body(
                "{\"response_type\":\"ephemeral\",\"text\":\"Reckon is not installed in this"
                    + " workspace any more. Ask whoever runs it.\"}")
            .build()
        : Response.ok();
  }

  /** Events are read raw, whatever their type, and always acknowledged once they are stored. */
  private Response event(Request<?> request) throws Exception {
    JsonNode envelope = JSON.readTree(request.getRequestBodyAsString());
    Optional<Workspace> found = workspace(envelope);
    if (!removals.told(envelope, found)) {
      found.ifPresentOrElse(
          workspace -> handlers.apply(workspace).event(envelope),
          () -> LOG.warn("an event for another workspace was ignored"));
    }
    return Response.ok();
  }

  /** Whose installation an event was sent for. */
  private Optional<Workspace> workspace(JsonNode envelope) {
    JsonNode authorizations = envelope.path("authorizations");
    if (authorizations.isEmpty()) {
      String team = envelope.path("team_id").asText();
      return team.isEmpty()
          ? workspaces.only()
          : workspaces.find(team, envelope.path("enterprise_id").asText(""));
    }
    for (JsonNode each : authorizations) {
      String team = each.path("team_id").asText("");
      Optional<Workspace> found =
          workspaces.find(
              team.isEmpty() ? envelope.path("team_id").asText() : team,
              each.path("enterprise_id").asText(""));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }
}

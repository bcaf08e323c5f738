package dev.reckon.adapters.slack;

import com.slack.api.Slack;
import com.slack.api.methods.response.oauth.OAuthV2AccessResponse;
import dev.reckon.core.store.Installations;
import dev.reckon.core.store.Installations.Installation;
import dev.reckon.core.surface.DeliveryException;
import dev.reckon.core.surface.DeliveryException.Kind;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The workspaces that Reckon serves: the one of the configured token, and those that installed the
 * app. Each has its own calls, caches and streams. Safe for use by any number of threads.
 */
final class Workspaces {
  private static final Logger LOG = LoggerFactory.getLogger(Workspaces.class);

  private final SlackSettings settings;
  private final Slack slack;
  private final InstantSource clock;

  /** By the configured token; there is none where only installations count. */
  private final @Nullable Configured configured;

  private final @Nullable Installed installed;

  /** Those of installations that had something to do, by the workspace's id. */
  private final Map<String, Workspace> known = new ConcurrentHashMap<>();

  private volatile @Nullable Workspace reached;

  /** What serves one workspace. */
  record Workspace(SlackWorkspace identity, SlackApi api, WorkspaceSurface surface) {}

  private record Configured(SlackApi api, WorkspaceSurface surface) {}

  private record Installed(
      SlackOAuth oauth, Installations store, TokenCipher cipher, OAuthClient client) {}

  /**
   * Prepares them; nothing is asked of Slack.
   *
   * @param api calls by the configured token; its connections are shared by all
   */
  Workspaces(SlackSettings settings, SlackApi api, Installations store, InstantSource clock) {
    this.settings = settings;
    this.slack = api.slack();
    this.clock = clock;
    this.configured =
        settings.hasToken() ? new Configured(api, new WorkspaceSurface(api, settings)) : null;
    this.installed =
        settings
            .oauth()
            .map(
                oauth ->
                    new Installed(
                        oauth,
                        store,
                        new TokenCipher(oauth.tokenKeys()),
                        new OAuthClient(slack, settings, oauth)))
            .orElse(null);
  }

  /** The configured token is good for that workspace. */
  void reached(SlackWorkspace identity) {
    Configured mine = Objects.requireNonNull(configured);
    mine.surface().connected(identity);
    reached = new Workspace(identity, mine.api(), mine.surface());
  }

  /** That of the configured token, once Slack was reached. */
  Optional<Workspace> configured() {
    return Optional.ofNullable(reached);
  }

  /** The same, where no other workspace can be meant. */
  Optional<Workspace> only() {
    return installed == null ? configured() : Optional.empty();
  }

  /**
   * Whether an installation may be the one that the configured token is of: an app is installed in
   * a workspace once, whoever does it. In doubt it is, since only Slack knows the workspace of a
   * token, and which workspaces an organisation's installation includes.
   */
  boolean includesConfigured(OAuthV2AccessResponse answer) {
    Workspace mine = reached;
    return configured != null
        && (mine == null
            || answer.isEnterpriseInstall()
            || mine.identity().id().equals(answer.getTeam().getId()));
  }

  /** The workspace with that id, if Reckon serves it. */
  Optional<Workspace> find(String team) {
    Workspace mine = reached;
    if (mine != null && mine.identity().id().equals(team)) {
      return Optional.of(mine);
    }
    Installed others = installed;
    if (others == null || team.isEmpty()) {
      return Optional.empty();
    }
    Workspace before = known.get(team);
    return before != null ? Optional.of(before) : load(others, team);
  }

  /**
   * The same for something that Slack tells of a workspace: one that its organisation has added is
   * learned by that.
   *
   * @param organisation its id, or empty
   */
  Optional<Workspace> find(String team, String organisation) {
    Optional<Workspace> found = find(team);
    Installed others = installed;
    if (found.isPresent() || others == null || team.isEmpty() || organisation.isEmpty()) {
      return found;
    }
    boolean whole =
        others.store().find(id(organisation)).filter(it -> details(it).organisation()).isPresent();
    if (!whole || !others.oauth().allows(team, organisation)) {
      return Optional.empty();
    }
    others.store().serve(id(team), id(organisation));
    LOG.info("Slack: workspace {} is served by the installation of {}", team, organisation);
    return load(others, team);
  }

  /** What is not listed (any more) is not served, though its tokens may still be good. */
  private Optional<Workspace> load(Installed others, String team) {
    Optional<Installation> serving =
        others
            .store()
            .serving(id(team))
            .flatMap(id -> others.store().find(id))
            .filter(found -> others.oauth().allows(team) || listed(others.oauth(), found));
    return serving.map(
        found ->
            known.computeIfAbsent(
                team,
                absent -> {
                  InstallationDetails details = details(found);
                  SlackApi api = new SlackApi(slack, token(others, found.id()));
                  WorkspaceSurface surface = new WorkspaceSurface(api, settings);
                  SlackWorkspace identity =
                      new SlackWorkspace(team, details.name(), details.bot(), details.scopes());
                  surface.connected(identity);
                  return new Workspace(identity, api, surface);
                }));
  }

  private InstalledToken token(Installed others, String id) {
    return new InstalledToken(id, others.store(), others.cipher(), others.client(), clock);
  }

  /**
   * Where replies of that workspace go. Until Slack was reached, what nobody installed is taken to
   * be the configured token's, so that unsent replies can leave at once.
   *
   * @throws DeliveryException when Reckon does not serve that workspace any more
   */
  WorkspaceSurface to(String team) throws DeliveryException {
    Optional<Workspace> found = find(team);
    if (found.isPresent()) {
      return found.get().surface();
    }
    Configured mine = configured;
    if (mine != null && (installed == null || reached == null || team.isEmpty())) {
      return mine.surface();
    }
    throw new DeliveryException(
        Kind.FORBIDDEN, "Reckon is not installed in Slack's workspace " + team + " any more");
  }

  /**
   * Stores what Slack gave for an installation, in place of an earlier one.
   *
   * @param answer with tokens
   * @param now when Slack gave it
   */
  void install(OAuthV2AccessResponse answer, Instant now) {
    Installed others = Objects.requireNonNull(installed);
    boolean whole = answer.isEnterpriseInstall();
    String organisation = organisation(answer);
    String id = id(whole ? answer.getEnterprise().getId() : answer.getTeam().getId());
    InstallationDetails details =
        new InstallationDetails(
            whole ? answer.getEnterprise().getName() : answer.getTeam().getName(),
            answer.getBotUserId(),
            Scopes.granted(answer.getScope()),
            whole,
            organisation);
    String sealed = BotTokens.of(answer, now).sealed(others.cipher(), id);
    others.store().install(new Installation(id, details.written(), sealed, now, 0));
    if (whole) {
      forget(others.store().served(id));
    } else {
      others.store().serve(id, id);
      known.remove(answer.getTeam().getId());
    }
    LOG.info("Slack: installed in {}", id);
  }

  /**
   * An installation is over: its tokens are deleted, and nothing is sent there any more.
   *
   * @param team the id of a workspace that it served
   * @param at when it ended; an installation that is newer stays
   * @return whether it was none of the configured token's
   */
  boolean removed(String team, Instant at) {
    Installed others = installed;
    Workspace mine = reached;
    if (others == null || (mine != null && mine.identity().id().equals(team))) {
      return false;
    }
    others.store().serving(id(team)).ifPresent(installation -> end(others, installation, at));
    return true;
  }

  private void end(Installed others, String installation, Instant at) {
    Set<String> served = others.store().served(installation);
    if (others.store().remove(installation, at)) {
      LOG.info("Slack: the installation of {} is over; its tokens are deleted", installation);
      forget(served);
    }
  }

  /** The next time they are needed, they are loaded from the store. */
  private void forget(Set<String> teams) {
    known.keySet().removeIf(team -> teams.contains(id(team)));
  }

  /** An organisation does not let its installation serve those workspaces any more. */
  void left(List<String> teams, String organisation) {
    Installed others = installed;
    if (others != null) {
      for (String team : teams) {
        others.store().leave(id(team), id(organisation));
        known.remove(team);
      }
    }
  }

  /** The organisation that was installed in, or that the workspace is in; empty without one. */
  static String organisation(OAuthV2AccessResponse answer) {
    return answer.getEnterprise() == null
        ? ""
        : Objects.requireNonNullElse(answer.getEnterprise().getId(), "");
  }

  /** Whether {@code slack.oauth.workspaces} lists an installation, or the organisation it is in. */
  static boolean listed(SlackOAuth oauth, Installation installation) {
    return oauth.allows(slackId(installation), details(installation).within());
  }

  /** Slack's own id of the workspace or organisation. */
  static String slackId(Installation installation) {
    return installation.id().substring(SlackSurface.NAME.length() + 1);
  }

  /** A workspace's or organisation's id, unique over all surfaces. */
  private static String id(String slacks) {
    return SlackSurface.NAME + "/" + slacks;
  }

  private static InstallationDetails details(Installation installation) {
    return InstallationDetails.of(installation.details());
  }
}

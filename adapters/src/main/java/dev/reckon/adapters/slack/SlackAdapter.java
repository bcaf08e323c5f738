package dev.reckon.adapters.slack;

import com.slack.api.bolt.App;
import dev.reckon.adapters.http.Endpoint;
import dev.reckon.adapters.http.Readiness;
import dev.reckon.core.delivery.Inbox;
import dev.reckon.core.delivery.SurfaceQueries;
import dev.reckon.core.loop.Backoff;
import dev.reckon.core.loop.SupervisedLoop;
import dev.reckon.core.store.Installations;
import dev.reckon.core.surface.DeliveryException;
import dev.reckon.core.surface.LinkPreviews;
import dev.reckon.core.surface.Readership;
import dev.reckon.core.surface.Surface;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Slack, ready to be wired: {@link #surface()} goes to the core, {@link #endpoints()} and {@link
 * #readiness()} to the HTTP server, and {@link #start} begins to take events. Safe for use by any
 * number of threads.
 */
public final class SlackAdapter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SlackAdapter.class);
  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final Duration STALLED = Duration.ofMinutes(2);

  /**
   * Looks at a lost connection, within half a minute, before it is opened without the SDK's help.
   */
  private static final int MOST_LOST = 6;

  private final SlackSettings settings;
  private final SlackApi api;
  private final Workspaces workspaces;
  private final ExecutorService later = Executors.newVirtualThreadPerTaskExecutor();

  /** In HTTP mode only: Socket Mode needs no signing secret. */
  private final Optional<SlackSignatureCheck> signatures;

  private volatile boolean uninstalled;
  private volatile @Nullable HttpIntake http;
  private volatile @Nullable SocketIntake socket;
  private volatile @Nullable App app;
  private volatile @Nullable SupervisedLoop loop;

  /** Only for the loop's thread. */
  private int lost;

  /**
   * Prepares it; nothing is sent or received yet.
   *
   * @param installations where workspaces that install the app are kept
   */
  public SlackAdapter(SlackSettings settings, Installations installations) {
    this.settings = settings;
    this.api = new SlackApi(settings);
    this.workspaces = new Workspaces(settings, api, installations, InstantSource.system());
    this.signatures =
        settings.mode() == SlackSettings.Mode.HTTP
            ? Optional.of(new SlackSignatureCheck(settings.signingSecret(), InstantSource.system()))
            : Optional.empty();
  }

  /** The way out. Works before {@link #start}, so that unsent replies can leave at once. */
  public Surface surface() {
    return new SlackSurface(workspaces);
  }

  /** Who reads what in the workspaces. Works once Slack was reached. */
  public Readership readership() {
    return new SlackReadership(team -> workspaces.find(team).map(Workspaces.Workspace::api));
  }

  /** What the HTTP server must serve: events in HTTP mode, and pages where the app is installed. */
  public List<Endpoint> endpoints() {
    List<Endpoint> endpoints = new ArrayList<>();
    signatures.ifPresent(
        check ->
            endpoints.add(
                new Endpoint(Endpoint.Method.POST, "/slack/events", check, this::handle)));
    settings
        .oauth()
        .map(
            oauth ->
                new InstallPages(
                    oauth,
                    new OAuthClient(api.slack(), settings, oauth),
                    workspaces,
                    InstantSource.system()))
        .ifPresent(pages -> endpoints.addAll(pages.endpoints()));
    return endpoints;
  }

  /** Ready while events can arrive and the token is good. */
  public Readiness readiness() {
    return new Readiness("slack", this::ready);
  }

  private boolean ready() {
    SocketIntake open = socket;
    boolean reachable =
        settings.mode() == SlackSettings.Mode.HTTP
            ? http != null
            : open != null && open.connected();
    SupervisedLoop started = loop;
    boolean stalled = started != null && started.isStalled();
    return reachable && !stalled && (settings.oauth().isPresent() || !tokenIsLost());
  }

  private boolean tokenIsLost() {
    return uninstalled || api.tokenRefused();
  }

  /**
   * Begins to take events. While Slack cannot be reached it goes on trying in the background.
   *
   * @param previews what is shown below links to pages
   * @return what keeps events coming; closed with the adapter
   * @throws IllegalStateException when Slack refuses a token; the message says what to do
   */
  public SupervisedLoop start(Inbox inbox, SurfaceQueries queries, LinkPreviews previews) {
    try {
      connect(inbox, queries, previews);
    } catch (SlackFailure e) {
      if (!isPassing(e)) {
        throw new IllegalStateException(e.getMessage(), e);
      }
      LOG.warn("{}; trying again", e.getMessage());
    }
    SupervisedLoop started =
        SupervisedLoop.every(
            LOOK,
            new SupervisedLoop.Schedule("slack", LOOK, STALLED, Backoff.IMPATIENT),
            () -> look(inbox, queries, previews),
            InstantSource.system());
    loop = started;
    return started.start();
  }

  /** Connects what is not connected. The SDK connects again by itself, as long as it lives. */
  private void look(Inbox inbox, SurfaceQueries queries, LinkPreviews previews)
      throws DeliveryException, IOException {
    boolean over = uninstalled && settings.oauth().isEmpty();
    if (over || http != null) {
      return;
    }
    SocketIntake open = socket;
    if (open == null) {
      try {
        connect(inbox, queries, previews);
      } catch (SlackFailure e) {
        throw e.meaning();
      }
      return;
    }
    if (open.isAlive()) {
      lost = 0;
      return;
    }
    if (++lost >= MOST_LOST) {
      lost = 0;
      socket = null;
      open.close();
    }
    throw new DeliveryException(
        DeliveryException.Kind.TRANSIENT, "the connection to Slack is lost; connecting again");
  }

  private static boolean isPassing(SlackFailure e) {
    return e.meaning().isPassing();
  }

  private void connect(Inbox inbox, SurfaceQueries queries, LinkPreviews previews)
      throws SlackFailure {
    if (settings.hasToken() && !uninstalled) {
      SlackWorkspace workspace = SlackApi.workspace(api.authenticate());
      List<String> missing = Scopes.missing(workspace.scopes());
      if (!missing.isEmpty()) {
        LOG.warn("Slack scopes are missing: {}", String.join("; ", missing));
      }
      workspaces.reached(workspace);
      LOG.info("Slack: workspace {}", workspace.id());
    }
    InstallationRemovals removals = new InstallationRemovals(workspaces, this::uninstalled, later);
    App bolt =
        BoltApp.create(
            settings, api.slack(), workspaces, removals, inbox, queries, previews, later);
    app = bolt;
    if (settings.mode() == SlackSettings.Mode.HTTP) {
      bolt.start();
      http = new HttpIntake(bolt, signatures.orElseThrow());
    } else {
      socket = SocketIntake.open(bolt, settings);
    }
  }

  private void uninstalled() {
    uninstalled = true;
    LOG.error(
        "The app was removed from the Slack workspace; install it again, set slack.bot_token, and"
            + " restart Reckon");
  }

  private void handle(Context context) {
    HttpIntake intake = http;
    if (intake == null) {
      // Not acknowledged: Slack delivers it again.
      context.status(503).result("starting");
    } else {
      intake.handle(context);
    }
  }

  /** Takes nothing new; forms that are about to open are given two seconds. */
  @Override
  public void close() {
    SupervisedLoop started = loop;
    if (started != null) {
      started.close();
    }
    try {
      SocketIntake open = socket;
      if (open != null) {
        open.close();
      }
      App bolt = app;
      if (bolt != null) {
        bolt.stop();
      }
      later.shutdown();
      if (!later.awaitTermination(2, TimeUnit.SECONDS)) {
        later.shutdownNow();
      }
      api.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.warn("closing Slack failed: {}", e.toString());
    }
  }
}
